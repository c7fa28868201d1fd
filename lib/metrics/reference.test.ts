import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Policy } from "../attribution/policy";
import type { DealType, Outcome, Route } from "../attribution/vocabulary";
import { parseQuarter } from "../calendar";
import { parseMajor } from "../money";
import type { CostRow, JudgedDeal } from "./judged-deal";
import { quarterNumbers } from "./quarter-numbers";

const FOLDER = resolve("../shared/data/crm");
const rows = (file: string): Record<string, string>[] =>
  parse(readFileSync(`${FOLDER}/${file}`), { columns: true });
const text = (row: Record<string, string>, column: string) => row[column] as string;

const expected = (model: string) =>
  JSON.parse(readFileSync(`${FOLDER}/expected.json`, "utf8")).models[model] as {
    policy: Policy;
    quarters: Record<string, unknown>;
  };

function costs(): CostRow[] {
  return rows("costs.csv").map((row) => ({
    quarter: text(row, "quarter"),
    side: text(row, "side") as CostRow["side"],
    category: text(row, "category"),
    amount: parseMajor(text(row, "amount"), text(row, "currency")),
    currency: text(row, "currency"),
  }));
}

function judged(outcomes: ReadonlyMap<string, Outcome>): JudgedDeal[] {
  return rows("deals.csv").map((row) => ({
    id: text(row, "id"),
    owner: text(row, "owner"),
    amount: parseMajor(text(row, "amount"), text(row, "currency")),
    currency: text(row, "currency"),
    type: text(row, "type") as DealType,
    route: text(row, "route") as Route,
    createdOn: text(row, "created_on"),
    closedOn: text(row, "closed_on") || null,
    outcome: text(row, "outcome") as JudgedDeal["outcome"],
    attribution: outcomes.get(text(row, "id")) as Outcome,
    confirmedBeforeClose: false,
  }));
}

/** Every number of `expected` within 1e-12 of it, relatively; every text equal. */
function expectClose(actual: unknown, expected: unknown, path = "") {
  if (typeof expected === "number") {
    expect(actual, path).toBeTypeOf("number");
    const off = Math.abs((actual as number) - expected) / Math.max(1, Math.abs(expected));
    expect(off, `${path}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(1e-12);
  } else if (expected !== null && typeof expected === "object") {
    const parts = expected as Record<string, unknown>;
    expect(Object.keys(actual as object).sort(), path).toEqual(Object.keys(parts).sort());
    for (const key of Object.keys(parts))
      expectClose((actual as Record<string, unknown>)[key], parts[key], `${path}.${key}`);
  } else expect(actual, path).toBe(expected);
}

describe.skipIf(!existsSync(FOLDER))("the reference data of 2017 (skipped without ../shared)", () => {
  test("two_bucket, from the outcomes as published", () => {
    const outcomes = new Map(
      rows("outcomes.two_bucket.csv").map((row) => [text(row, "deal_id"), text(row, "outcome") as Outcome]),
    );
    const { policy, quarters } = expected("two_bucket");
    const deals = judged(outcomes);
    expect(Object.keys(quarters)).toHaveLength(4);
    for (const label of Object.keys(quarters)) {
      const rates = { quarter: label, reporting: "USD", perUnit: {} };
      const numbers = quarterNumbers({ deals, costs: costs(), rates, policy }, parseQuarter(label));
      expectClose(numbers, quarters[label], label);
    }
  });
});

import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { classify } from "../attribution/classify";
import { isCredited } from "../attribution/models";
import { parseFacts } from "../attribution/parse-facts";
import { parsePolicy } from "../attribution/parse-policy";
import type { Policy } from "../attribution/policy";
import type { DealType, Outcome, Route } from "../attribution/vocabulary";
import { parseQuarter } from "../calendar";
import { parseMajor } from "../money";
import type { CostRow, JudgedDeal } from "./judged-deal";
import { quarterNumbers } from "./quarter-numbers";

type Row = Record<string, string>;
/** Reads a file of a company; one without rates converts nothing. */
type Rows = (file: string) => Row[];
const rowsIn =
  (folder: string): Rows =>
  (file) =>
    existsSync(`${folder}/${file}`) ? parse(readFileSync(`${folder}/${file}`), { columns: true }) : [];
const text = (row: Row, column: string) => row[column] as string;

interface Expected {
  asOf: string;
  models: Record<string, { policy: Policy; quarters: Record<string, unknown> }>;
}

function costs(rows: Rows): CostRow[] {
  return rows("costs.csv").map((row) => ({
    quarter: text(row, "quarter"),
    side: text(row, "side") as CostRow["side"],
    category: text(row, "category"),
    amount: parseMajor(text(row, "amount"), text(row, "currency")),
    currency: text(row, "currency"),
  }));
}

/** The quarter's rates of other currencies, in the reporting currency. */
function ratesOf(rows: Rows, quarter: string): Record<string, string> {
  const stored = rows("rates.csv").filter((row) => row.quarter === quarter);
  return Object.fromEntries(stored.map((row) => [text(row, "currency"), text(row, "rate")]));
}

function judged(rows: Rows, outcomes: ReadonlyMap<string, Outcome>): JudgedDeal[] {
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
    // The published numbers are not split by it.
    evidence: isCredited(outcomes.get(text(row, "id")) as Outcome) ? "stated" : null,
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

/** `name`, or `name@FROM..TO` where either day may be missing (docs/imports.md). */
function membership(text: string): object {
  const [name, span = ".."] = text.split("@");
  const [from, to] = span.split("..");
  return { name, from: from || null, to: to || null };
}

/** A row of a file as a fact: `touch_stage` "2" is touchStage 2, an empty cell is null, `deal_id` goes. */
function factOf(row: Row): Record<string, unknown> {
  const cells = Object.entries(row).filter(([column]) => column !== "deal_id" && column !== "reason");
  return Object.fromEntries(
    cells.map(([column, cell]) => [
      column.replace(/_./g, (letters) => (letters[1] as string).toUpperCase()),
      cell === "" ? null : column.endsWith("stage") ? Number(cell) : cell,
    ]),
  );
}

/** Facts of a file by deal, in the order of the file. */
function factsByDeal(rows: Rows, file: string): Map<string, Record<string, unknown>[]> {
  const byDeal = new Map<string, Record<string, unknown>[]>();
  for (const row of rows(file)) {
    const facts = byDeal.get(text(row, "deal_id")) ?? [];
    byDeal.set(text(row, "deal_id"), facts);
    facts.push(factOf(row));
  }
  return byDeal;
}

/** What the policy makes of every deal, by the heart itself. None of these models asks for the cohort. */
function outcomesUnder(rows: Rows, policy: Policy, asOf: string): Map<string, Outcome> {
  const stages = factsByDeal(rows, "stage_history.csv");
  const registrations = factsByDeal(rows, "registrations.csv");
  const roles = factsByDeal(rows, "roles.csv");
  const activities = factsByDeal(rows, "activities.csv");
  const partners = rows("partners.csv").map((row) => ({
    id: row.id,
    kind: row.kind,
    parentId: row.parent_id || null,
    programs: row.programs ? row.programs.split(";").map(membership) : [],
  }));
  return new Map(
    rows("deals.csv").map((row) => {
      const { account, owner, ...deal } = factOf(row);
      const id = text(row, "id");
      const facts = parseFacts({
        asOf,
        deal: { ...deal, amount: parseMajor(text(row, "amount"), text(row, "currency")) },
        stages: stages.get(id) ?? [],
        partners,
        registrations: registrations.get(id) ?? [],
        roles: roles.get(id) ?? [],
        activities: activities.get(id) ?? [],
        rulings: [],
        cohort: { medianCycleDays: null },
      });
      return [id, classify(policy, facts).outcome];
    }),
  );
}

describe.each(COMPANIES)("the four quarters of $name", ({ folder }) => {
  const rows = rowsIn(folder);
  const { asOf, models }: Expected = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8"));
  for (const one of Object.values(models)) one.policy = parsePolicy(one.policy);

  function expectQuarters(model: string, outcomes: ReadonlyMap<string, Outcome>) {
    const { policy, quarters } = models[model] as Expected["models"][string];
    const deals = judged(rows, outcomes);
    expect(Object.keys(quarters)).toHaveLength(4);
    for (const label of Object.keys(quarters)) {
      const rates = { quarter: label, reporting: "USD", perUnit: ratesOf(rows, label) };
      const numbers = quarterNumbers({ deals, costs: costs(rows), rates, policy }, parseQuarter(label));
      expectClose(numbers, quarters[label], label);
    }
  }

  test("two_bucket, from the outcomes as published", () => {
    const published = rows("outcomes.two_bucket.csv");
    expectQuarters(
      "two_bucket",
      new Map(published.map((row) => [text(row, "deal_id"), text(row, "outcome") as Outcome])),
    );
  });

  test.each(["two_bucket", "triple_tier", "lanes"])("%s, judged from the facts", (model) => {
    const { policy } = models[model] as Expected["models"][string];
    expectQuarters(model, outcomesUnder(rows, policy, asOf));
  });
});

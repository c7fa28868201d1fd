import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { readCompany } from "@/fixtures/straight-reading";
import { importedCompany } from "./imported-company.fixture";
import { runCommand } from "./run-command.fixture";

interface Side {
  deals: number;
  value: number;
}
interface Compared {
  with: Side;
  without: Side;
  difference: number;
  low: number;
  high: number;
  placebo: number;
}
type Lift = { stage: number } & Record<
  "winRate" | "cycleDays" | "dealSize",
  Record<"plain" | "landmark", Compared>
>;

/** A deal as its files have it: plain and slow, nothing shared with what is tested. */
interface Read {
  cell: string;
  partner: boolean;
  won: boolean;
  days: number;
  size: number;
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

function byDeal(rows: { deal: string; day: string }[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { deal, day } of rows) {
    const days = found.get(deal) ?? [];
    found.set(deal, days);
    days.push(day);
  }
  return found;
}

function readFiles(folder: string, stage: number, asOf: string, span: { from: string; to: string }) {
  const files = readCompany(folder);
  const credited = new Map(
    readFileSync(join(folder, "outcomes.two_bucket.csv"), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(",") as [string, string])
      .map(([id, outcome]) => [id, outcome === "sourced" || outcome === "influenced"]),
  );
  const rateOf = new Map(files.rates.map((row) => [`${row.quarter} ${row.currency}`, row.rate!]));
  const inDollars = (amount: number, currency: string, day: string) => {
    if (currency === "USD") return amount;
    const quarter = `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    return Math.floor(amount * Number(rateOf.get(`${quarter} ${currency}`)) + 0.5);
  };
  const closed = files.deals.filter(
    ({ closed_on, outcome }) => outcome !== "open" && closed_on! >= span.from && closed_on! <= span.to,
  );
  const recorded = byDeal([
    ...files.roles.map((row) => ({ deal: row.deal_id!, day: row.recorded_on! })),
    ...files.registrations.map((row) => ({ deal: row.deal_id!, day: row.recorded_on || row.submitted_on! })),
    ...files.activities
      .filter((row) => row.stage !== "6")
      .map((row) => ({ deal: row.deal_id!, day: row.recorded_on! })),
  ]);
  const entries = byDeal(
    files.stages
      .filter((row) => Number(row.stage) >= stage && row.entered_on! <= asOf)
      .map((row) => ({ deal: row.deal_id!, day: row.entered_on! })),
  );
  const plain: Read[] = [];
  const landmark: Read[] = [];
  for (const { id, type, currency, amount, outcome, created_on, closed_on } of closed) {
    const minor = Math.round(Number(amount) * 100);
    const band = [10_000, 50_000, 250_000].filter((bound) => Number(amount) >= bound).length;
    const common = {
      cell: `${type} ${currency} ${band}`,
      won: outcome === "won",
      size: inDollars(minor, currency!, closed_on!),
    };
    const age = dayNumber(closed_on!) - dayNumber(created_on!);
    plain.push({ ...common, partner: credited.get(id!)!, days: age < 0 ? Number.NaN : age });
    const [entered] = (entries.get(id!) ?? []).toSorted();
    if (entered === undefined) continue;
    const length = dayNumber(closed_on!) - dayNumber(entered);
    landmark.push({
      ...common,
      partner: (recorded.get(id!) ?? []).some((day) => day <= entered),
      days: length < 0 ? Number.NaN : length,
    });
  }
  return { plain, landmark };
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function compareStraight(deals: Read[], measure: "winRate" | "cycleDays" | "dealSize") {
  const measured = deals.filter(
    ({ won, days }) => measure === "winRate" || (won && (measure !== "cycleDays" || days >= 0)),
  );
  const measuredOf = (some: Read[]) =>
    measure === "winRate"
      ? some.filter(({ won }) => won).length / some.length
      : median(some.map((deal) => (measure === "cycleDays" ? deal.days : deal.size)));
  const totals = { weight: 0, with: 0, without: 0, others: 0 };
  for (const cell of new Set(measured.map((deal) => deal.cell))) {
    const own = measured.filter((deal) => deal.cell === cell && deal.partner);
    const other = measured.filter((deal) => deal.cell === cell && !deal.partner);
    if (own.length === 0 || other.length === 0) continue;
    totals.weight += own.length;
    totals.others += other.length;
    totals.with += own.length * measuredOf(own);
    totals.without += own.length * measuredOf(other);
  }
  return {
    with: { deals: totals.weight, value: expect.closeTo(totals.with / totals.weight, 6) },
    without: { deals: totals.others, value: expect.closeTo(totals.without / totals.weight, 6) },
    difference: expect.closeTo((totals.with - totals.without) / totals.weight, 6),
  };
}

describe.each(COMPANIES)("lift on $name", ({ folder: company }) => {
  const { asOf, models } = JSON.parse(readFileSync(join(company, "expected.json"), "utf8"));
  let url: string;
  let folder: string;

  beforeAll(async () => {
    ({ url } = await importedCompany(company));
    folder = await mkdtemp(join(tmpdir(), "countersign-lift-"));
    await writeFile(join(folder, "policy.json"), JSON.stringify(models.two_bucket.policy));
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const lift = async (...args: string[]): Promise<Lift> => {
    const policy = ["--policy", join(folder, "policy.json")];
    const { status, out, said } = await runCommand(url, "lift", ...policy, "--as-of", asOf, ...args);
    expect({ status, said }).toMatchObject({ status: 0 });
    return JSON.parse(out);
  };

  test("is what a straight reading of the files comes to", async () => {
    const year = asOf.slice(0, 4) - 1;
    const span = { from: `${year}-03-01`, to: `${year}-12-15` };
    const spans = [
      { stage: 2, args: [], span: { from: "0000", to: asOf } },
      { stage: 3, args: ["--stage", "3", "--from", span.from, "--to", span.to], span },
    ];
    for (const { stage, args, span } of spans) {
      const printed = await lift(...args);
      const read = readFiles(company, stage, asOf, span);
      expect(printed.stage).toBe(stage);
      for (const measure of ["winRate", "cycleDays", "dealSize"] as const)
        for (const comparison of ["plain", "landmark"] as const) {
          const { low, high, placebo, ...found } = printed[measure][comparison];
          if (measure === "dealSize" && read[comparison].some(({ size }) => Number.isNaN(size))) {
            expect(found.difference, "a rate is missing").toMatchObject({ undefined: "missing_rate" });
            continue;
          }
          expect(found, `${measure} ${comparison}`).toEqual(compareStraight(read[comparison], measure));
          expect(low).toBeLessThanOrEqual(found.difference);
          expect(high).toBeGreaterThanOrEqual(found.difference);
          expect(placebo).toBeGreaterThanOrEqual(0);
        }
    }
  }, 120_000);

  test("prints the same again", async () => expect(await lift()).toEqual(await lift()), 60_000);

  test("refuses what it cannot take", async () => {
    for (const [args, said] of [
      [["--stage", "7"], "--stage: a stage from 0 to 6"],
      [["--from", "2017-02-30"], "--from"],
      [["--from", "2018-01-02", "--to", "2018-01-01"], "to: not before 2 Jan 2018"],
      [["2017-Q3"], "lift takes options alone"],
    ] as const) {
      const refused = await runCommand(url, "lift", ...args);
      expect(refused.status).toBe(2);
      expect(refused.said).toContain(said);
      expect(refused.said).toContain("npm run -s lift -- [--stage N]");
    }
  }, 60_000);
});

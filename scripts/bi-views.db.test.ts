import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMPANIES, type CompanyFiles } from "@/fixtures/companies.fixture";
import { PRESETS } from "@/lib/attribution/policy";
import { MODELS } from "@/lib/attribution/vocabulary";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { CALENDAR_YEAR, parseQuarter, quarterOf, YEAR_ENDS, type YearEnd } from "@/lib/calendar";
import { CATALOGUE } from "@/lib/metrics/catalogue";
import { METRICS, type MetricKey } from "@/lib/metrics/quarter-numbers";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { numbers, reportOf } from "@/lib/queries/numbers/numbers";
import { answer } from "@/lib/queries/query";
import { type JudgedCompany, judgedCompany } from "./judged-company.fixture";

const KEYS = Object.keys(METRICS) as MetricKey[];
let company: JudgedCompany;
/** A tool for BI: signs in as somebody who may read the views and nothing else. */
let reader: postgres.Sql;

async function signIn(): Promise<postgres.Sql> {
  const owner = postgres(company.url, { max: 1, onnotice: () => {} });
  await owner`create role tool login password 'for-this-test' in role countersign_bi`.catch(() => {});
  await owner.end();
  const address = new URL(company.url);
  [address.username, address.password] = ["tool", "for-this-test"];
  return postgres(address.href, { max: 1, onnotice: () => {} });
}

interface Figure {
  quarter: string;
  metric: string;
  figure: string;
  value: number | null;
}

/** What the pages show: every figure of every quarter that has a deal, by key. */
async function shown(quarters: readonly string[]) {
  const { client, today } = company;
  const figures = new Map<string, number | null>();
  const parts = new Map<string, number>();
  for (const label of quarters) {
    const { metrics } = await reportOf(
      client.db,
      parseQuarter(label),
      { today, reportingCurrency: "USD", fiscalYear: CALENDAR_YEAR },
      KEYS,
    );
    for (const metric of Object.values(metrics) as MetricReport[])
      for (const { key, value, opens } of metric.figures) {
        figures.set(`${label} ${metric.key}.${key}`, typeof value === "number" ? value : null);
        for (const { part, deals } of opens) parts.set(`${label} ${metric.key}.${part}`, deals);
      }
  }
  return { figures, parts };
}

describe("the SQL views of the made company", () => {
  beforeAll(async () => {
    company = await judgedCompany((COMPANIES[0] as CompanyFiles).folder);
    reader = await signIn();
  }, 240_000);
  afterAll(async () => {
    await reader?.end();
    await company?.client.close();
  });

  it.each(MODELS)(
    "are the figures of every quarter under %s, to the last bit",
    async (model) => {
      await company.agree({
        ...PRESETS[model],
        costDenominator: model === "lanes" ? "sourced" : "attributed",
      });
      const rows = await reader<Figure[]>`
      select f.* from bi.figures f join bi.quarters q using (quarter)
      where exists (select from bi.quarter_deals d where d.quarter = q.quarter and (d.is_created or d.is_closed))
        or q.to_day >= q.as_of`;
      const quarters = [...new Set(rows.map(({ quarter }) => quarter))];
      expect(quarters.length).toBeGreaterThan(4);
      const { figures, parts } = await shown(quarters);
      const viewed = new Map(
        rows.map(({ quarter, metric, figure, value }) => [`${quarter} ${metric}.${figure}`, value]),
      );
      expect(Object.fromEntries(viewed)).toEqual(Object.fromEntries(figures));
      expect([...viewed.values()].filter((value) => value !== null && value !== 0).length).toBeGreaterThan(
        100,
      );

      const opened = await reader<{ quarter: string; metric: string; part: string; deals: number }[]>`
      select quarter, metric, part, count(*)::int as deals from bi.opens_to group by 1, 2, 3`;
      const counted = new Map(
        opened.map(({ quarter, metric, part, deals }) => [`${quarter} ${metric}.${part}`, deals]),
      );
      for (const [key, deals] of parts) expect([key, counted.get(key) ?? 0]).toEqual([key, deals]);
    },
    240_000,
  );

  it("are the same in the column of the catalogue that names it", async () => {
    const [first] = await reader<{ quarter: string }[]>`
      select quarter from bi.revenue_by_bucket where "all" > 0 order by 1 limit 1`;
    const asked = numbers.input.parse({ quarter: first!.quarter });
    const { headline, beside } = await answer(numbers, asked, {
      ...{ db: company.client.db, actor: COMMAND_LINE, today: company.today },
    });
    for (const metric of [...headline, ...beside]) {
      const named = CATALOGUE.find(({ key }) => key === metric.key)!;
      const [row] = await reader.unsafe(`select * from ${named.view} where quarter = '${first!.quarter}'`);
      for (const { key, value } of metric.figures) {
        const column = named.figures.find((figure) => figure.key === key)!.column!;
        expect(row![column] === null ? null : Number(row![column]), `${named.view}.${column}`).toEqual(
          typeof value === "number" ? value : null,
        );
      }
    }
    const catalogue = await reader`select metric, figure, unit, version from bi.catalogue`;
    expect(catalogue).toHaveLength(CATALOGUE.flatMap(({ figures }) => figures).length);
  });

  it.each<[number, "end" | "start", YearEnd]>([
    [2, "end", "month_end"],
    [2, "start", "month_end"],
    [7, "end", "month_end"],
    [12, "start", "month_end"],
    ...YEAR_ENDS.map((endsOn, at): [number, "end" | "start", YearEnd] => [
      (at % 12) + 1,
      at % 2 ? "end" : "start",
      endsOn,
    ]),
  ])(
    "cut the year that begins in month %i, is named by its %s and ends on %s as the calendar does",
    async (firstMonth, namedBy, endsOn) => {
      const owner = postgres(company.url, { max: 1, onnotice: () => {} });
      const rows = await owner.begin(async (own) => {
        await own`set local session_replication_role = replica`;
        await own`update settings set fiscal_first_month = ${firstMonth}, fiscal_named_by = ${namedBy}, fiscal_ends_on = ${endsOn}`;
        const found = await own<{ label: string; from: string; to: string }[]>`
        select quarter as label, from_day::text as from, to_day::text as to from bi.quarters order by from_day`;
        await own`update settings set fiscal_first_month = 1, fiscal_named_by = 'end', fiscal_ends_on = 'month_end'`;
        return found;
      });
      await owner.end();
      expect(rows.length).toBeGreaterThan(8);
      for (const row of rows)
        expect({ ...row }).toEqual(parseQuarter(row.label, { firstMonth, namedBy, endsOn }));
      expect(rows.at(-1)!.label).toBe(quarterOf(company.today, { firstMonth, namedBy, endsOn }).label);
    },
  );

  it("leave undefined by name what a missing rate leaves undefined on the page, and nothing else", async () => {
    const [needed] = await reader<{ quarter: string; currency: string }[]>`
      select quarter, currency from bi.quarter_deals d join bi.rates r using (quarter, currency)
      where is_closed and state = 'won' order by 1 limit 1`;
    const owner = postgres(company.url, { max: 1, onnotice: () => {} });
    await owner.begin(async (own) => {
      await own`set local session_replication_role = replica`;
      await own`delete from rates where quarter = ${needed!.quarter} and currency = ${needed!.currency}`;
    });
    await owner.end();
    const rows = await reader<Figure[]>`select * from bi.figures where quarter = ${needed!.quarter}`;
    const { figures } = await shown([needed!.quarter]);
    const viewed = rows.map(({ quarter, metric, figure, value }) => [
      `${quarter} ${metric}.${figure}`,
      value,
    ]);
    expect(Object.fromEntries(viewed)).toEqual(Object.fromEntries(figures));
    expect(figures.get(`${needed!.quarter} revenueByBucket.all`)).toBeNull();
    expect(figures.get(`${needed!.quarter} aeAdoption.share`)).toEqual(expect.any(Number));
  });

  it("are read and nothing else", async () => {
    for (const statement of [
      "select count(*) from public.judged_deals",
      "select count(*) from public.users",
      "delete from bi.deals",
      "update bi.quarters set quarter = 'x'",
      "create table bi.mine (id int)",
    ])
      await expect(reader.unsafe(statement), statement).rejects.toThrow(
        /permission denied|cannot (delete|update)/,
      );
  });
});

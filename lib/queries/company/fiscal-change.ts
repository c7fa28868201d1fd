import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { daysOfKey, type FiscalYear, keyOfDays, lastQuarters, type Quarter, quarterOf } from "@/lib/calendar";
import { isRefusal } from "@/lib/errors";
import { HEADLINE_METRICS, metricOf, sheetsOf } from "@/lib/metrics/quarter-numbers";
import type { Value } from "@/lib/metrics/value";
import { quarterInputs } from "@/lib/sealing/quarter-inputs";
import { valueShape } from "../numbers/metric-shapes";
import { defineQuery, type ReadContext } from "../query";
import { dayShape, fiscalYearShape, quarterShape } from "../shapes";
import { readCompany } from "./company";

/** How many quarters are told, the one of today last. */
const TOLD = 4;

const lineShape = z.object({
  label: quarterShape,
  from: dayShape,
  to: dayShape,
  /** The four numbers' headlines, in their order. */
  numbers: z.array(
    z.object({ name: z.string(), unit: z.enum(["money", "perUnit", "share", "days"]), value: valueShape }),
  ),
  cases: z.object({ open: z.int(), all: z.int() }),
  /** Recorded costs of exactly these days. */
  costs: z.int(),
});
type Line = z.output<typeof lineShape>;

/** What another fiscal year would change (§8.6), before anybody confirms it. */
export const fiscalChange = defineQuery({
  name: "fiscal-change",
  summary:
    "The last quarters of this fiscal year and of another: days, numbers, cases, and costs to record anew.",
  input: fiscalYearShape.extend({ firstMonth: z.int().min(1).max(12) }).strict(),
  output: z.object({
    /** Why the fiscal year stays as it is; null when it may change. */
    refused: z.string().nullable(),
    reportingCurrency: z.string(),
    before: z.array(lineShape),
    after: z.array(lineShape),
    /** Days with costs or rates that no quarter of the other year has: they wait, and their quarters are recorded anew. */
    anew: z.array(
      z.object({ label: z.string(), from: dayShape, to: dayShape, costs: z.int(), rates: z.int() }),
    ),
  }),
  async run(context, asked) {
    const { fiscalYear: now, reportingCurrency } = await readCompany(context.db);
    const quartersOf = (year: FiscalYear) => lastQuarters(TOLD, quarterOf(context.today, year), year);
    const [before, after, kept, frozen] = await Promise.all([
      linesOf(context, quartersOf(now), { reportingCurrency }),
      linesOf(context, quartersOf(asked), {
        reportingCurrency,
        // Costs and rates go with their days, so they are looked up where those are kept now.
        keptAs: (quarter) => keyOfDays(quarter, now),
        // Tallies are kept by the months and quarters that there are: others are counted from the deals.
        ...(!(now.endsOn === "month_end" && asked.endsOn === "month_end") && { asOf: context.today }),
      }),
      readKept(context.db),
      context.db.execute<{ quarter: string }>(
        sql`select quarter from sealed_quarters order by quarter limit 1`,
      ),
    ]);
    const anew = kept.flatMap(({ key, ...counts }) => {
      const { from, to } = daysOfKey(key, now);
      return keyOfDays({ from, to }, asked).includes("Q") ? [] : [{ label: key, from, to, ...counts }];
    });
    const refused = frozen[0] ? `${frozen[0].quarter} is frozen: the fiscal year stays as it is` : null;
    return { refused, reportingCurrency, before, after, anew };
  },
});

async function linesOf(
  { db, today }: ReadContext,
  quarters: readonly Quarter[],
  {
    keptAs = ({ label }: Quarter) => label,
    ...asked
  }: { reportingCurrency: string; keptAs?: (quarter: Quarter) => string; asOf?: Day },
): Promise<Line[]> {
  const inputOf = await quarterInputs(db, quarters, {
    ...{ today, ...asked },
    metrics: HEADLINE_METRICS,
    whole: [],
    unsealed: true,
    keptAs,
  });
  const counts = await Promise.all(quarters.map((quarter) => countIn(db, quarter, keptAs(quarter))));
  return quarters.map((quarter, at) => {
    const input = inputOf(quarter);
    const sheetOf = sheetsOf(input, quarter);
    const numbers = HEADLINE_METRICS.map((key) => {
      const metric = metricOf(key);
      const headline =
        typeof metric.headline === "function" ? metric.headline(input.policy) : metric.headline;
      const figure = metric.figures[headline]!;
      return {
        name: metric.name,
        unit: figure.unit as Line["numbers"][number]["unit"],
        value: valueOrReason(() => figure.value(sheetOf(key))),
      };
    });
    return { ...quarter, numbers, ...counts[at]! };
  });
}

function valueOrReason(value: () => Value): Value {
  try {
    return value();
  } catch (error) {
    if (!isRefusal(error) || !error.field.startsWith("rates.")) throw error;
    return { undefined: "missing_rate", detail: error.field.slice("rates.".length) };
  }
}

async function countIn(db: Db, { from, to }: Quarter, key: string) {
  const [found] = await db.execute<{ open: number; all: number; costs: number }>(sql`
    select count(*) filter (where settled_at is null)::int as open, count(*)::int as all,
      (select count(*)::int from costs where quarter = ${key}) as costs
    from exceptions where falls_on between ${from}::date and ${to}::date`);
  return { cases: { open: found!.open, all: found!.all }, costs: found!.costs };
}

async function readKept(db: Db) {
  const rows = await db.execute<{ key: string; costs: number; rates: number }>(sql`
    select key, sum(costs)::int as costs, sum(rates)::int as rates from (
      select quarter as key, 1 as costs, 0 as rates from costs
      union all select quarter, 0, 1 from rates) kept group by key order by key`);
  return [...rows];
}

import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Grade } from "@/lib/attribution/vocabulary";
import { parseQuarter, type Quarter } from "@/lib/calendar";
import { isRefusal, refuse } from "@/lib/errors";
import type { Figure, Unit, Written } from "@/lib/metrics/definition";
import type { TallyInput } from "@/lib/metrics/quarter-input";
import { METRICS, type MetricKey, metricOf, partsOf, sheetsOf } from "@/lib/metrics/quarter-numbers";
import { classesOfPart, type Part, type Sheet } from "@/lib/metrics/sheet";
import type { Population, QuarterTally } from "@/lib/metrics/tally";
import { isDefined, type Value } from "@/lib/metrics/value";
import { type QuarterRates, sumMinor } from "@/lib/money";
import { quarterInputs } from "@/lib/sealing/quarter-inputs";
import { readCompany } from "../company/company";
import type { Look } from "../numbers/look";
import { lookedInputs } from "../numbers/looked-inputs";

/** The deals that a number, or some parts of it, are made of: how they are found, and what they add up to. */
export interface OpenedNumber {
  /** Over `d`, the deals of the quarter's source. */
  condition: SQL;
  /** Over `d`: the place of a deal's own set among the parts, the narrowest first. */
  group: SQL;
  /** What people call the set of a deal of this class; null where there is one set. */
  setOf(countsAs: string): string | null;
  figure: OpenedFigure;
  rates: QuarterRates;
  /** Of all of them, from the tally; null where that cannot tell (several populations, matched cells). */
  totals: { total: number; sum: { amount: number; currency: string } | null } | null;
}

/** The figure that the list opens, with its sum written out. */
export interface OpenedFigure {
  key: string;
  name: string;
  unit: Unit;
  value: Value;
  /** Null for what is counted, added up or a median, and where a term does not exist. */
  written: Written | null;
  adds: "amount" | "deals" | "days";
}

/**
 * Opens a number of the dashboard to its deals: the same deals, from the same definition, that it was
 * counted from, all or those of one evidence. `part` names one part or several with commas between (a rate is made of two), each deal
 * once; without it, those of the headline. Refuses a number or part that does not exist.
 */
export async function openNumber(
  db: Db,
  today: Day,
  {
    quarter: label,
    number,
    part,
    figure,
    evidence,
    look,
  }: {
    quarter: string;
    number: string;
    part?: string;
    figure?: string;
    evidence?: Grade;
    look: Look | null;
  },
): Promise<OpenedNumber> {
  if (!Object.hasOwn(METRICS, number)) {
    refuse("number", number, `must be one of ${Object.keys(METRICS).join(", ")}`);
  }
  const key = number as MetricKey;
  const metric = metricOf(key);
  const { fiscalYear, reportingCurrency } = await readCompany(db);
  const quarter = parseQuarter(label, fiscalYear);
  const asked = { today, reportingCurrency, metrics: [key] };
  const inputOf = await (look
    ? lookedInputs(db, [quarter], asked, look)
    : quarterInputs(db, [quarter], asked));
  const input = inputOf(quarter);
  const { headline, figures } = metric;
  const opened = figure ?? (typeof headline === "function" ? headline(input.policy) : headline);
  if (!Object.hasOwn(figures, opened)) refuse("figure", opened, `${number} has no such figure`);
  const names = part?.split(",") ?? partsOf(figures[opened]!, input.policy);
  for (const name of names)
    if (!Object.hasOwn(metric.parts, name)) refuse("part", name, `${number} has no such part`);
  const parts = names.map((name) => metric.parts[name] as Part);
  const sheet = sheetsOf(input, quarter)(key);
  const conditions = names.map((name) => conditionOf(metric.parts, name, sheet, { quarter, evidence }));
  const sets = setsOf(parts);
  return {
    condition: sql`(${sql.join(conditions, sql` or `)})`,
    group: groupOf(sets),
    setOf: (countsAs) =>
      sets.length > 1 ? (sets.find(({ classes }) => classes.has(countsAs))?.name ?? null) : null,
    figure: figureOf(opened, figures[opened]!, sheet),
    rates: input.rates,
    totals: totalsOf(parts, input, { currency: reportingCurrency, evidence }),
  };
}

/** The parts as sets of classes, the narrowest first: of a rate's two, what was won comes before what was closed. */
function setsOf(parts: readonly Part[]): { name: string; classes: ReadonlySet<string> }[] {
  return parts
    .map((part) => ({ name: part.name, classes: new Set(classesOfPart(part)) }))
    .sort((one, other) => one.classes.size - other.classes.size);
}

function groupOf(sets: ReturnType<typeof setsOf>): SQL {
  const cases = sets.map(
    ({ classes }, at) =>
      sql`when d.counts_as = any(${sql.param([...classes])}::text[]) then ${sql.raw(`${at}`)}`,
  );
  return sql`(case ${sql.join(cases, sql` `)} else ${sql.raw(`${sets.length}`)} end)::smallint`;
}

/** A rate that is missing leaves the figure without its sum, and the list as it is. */
function figureOf(key: string, figure: Figure<string>, sheet: Sheet<string>): OpenedFigure {
  const { name, unit, adds } = figure;
  try {
    const written = figure.written?.(sheet) ?? null;
    const told = written?.every((one) => typeof one === "string" || isDefined(one.value)) ?? false;
    return { key, name, unit, adds, value: figure.value(sheet), written: told ? written : null };
  } catch (error) {
    if (!(isRefusal(error) && error.field.startsWith("rates."))) throw error;
    return { key, name, unit, adds, value: { undefined: "missing_rate", detail: error.rule }, written: null };
  }
}

function conditionOf(
  parts: Readonly<Record<string, Part>>,
  name: string,
  sheet: Sheet<string>,
  { quarter, evidence }: { quarter: Quarter; evidence?: Grade },
): SQL {
  const part = parts[name] as Part;
  const classes = sql`d.counts_as = any(${sql.param(classesOfPart(part, evidence))}::text[])`;
  const within = sql`${isIn(part.population, quarter)} and ${classes}`;
  if (part.matchedWith === undefined) return sql`(${within})`;
  const cells = [...sheet.daysByCell(name).keys()];
  return sql`(${within} and d.cell = any(${sql.param(cells)}::text[]))`;
}

function isIn(population: Population, { from, to }: Quarter): SQL {
  if (population === "created") return sql`d.created_on between ${from}::date and ${to}::date`;
  // Of a real export some closed before they were created (§7): the close alone says it.
  if (population === "closed") return sql`d.closed_on between ${from}::date and ${to}::date`;
  return sql`d.created_on <= ${to}::date and (d.closed_on is null or d.closed_on > ${to}::date)`;
}

/** How many deals the parts hold, each once, and what they add up to in the reporting currency; no sum without a rate. */
function totalsOf(
  parts: readonly Part[],
  { tally }: TallyInput,
  { currency, evidence }: { currency: string; evidence?: Grade },
): OpenedNumber["totals"] {
  const [first] = parts;
  if (!first || parts.some((part) => part.population !== first.population || part.matchedWith !== undefined))
    return null;
  const classes = [...new Set(parts.flatMap((part) => classesOfPart(part, evidence)))];
  const totals = classes.flatMap((key) => tally.totals[first.population].get(key) ?? []);
  const total = totals.reduce((count, { deals }) => count + deals, 0);
  return { total, sum: sumOf(totals, currency) };
}

function sumOf(
  totals: readonly (QuarterTally["totals"]["closed"] extends Map<string, infer T> ? T : never)[],
  currency: string,
) {
  if (totals.some(({ refusal }) => refusal !== null)) return null;
  try {
    return { amount: sumMinor(totals.map(({ amount }) => amount)), currency };
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

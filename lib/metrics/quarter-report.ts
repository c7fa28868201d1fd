import { type FiscalYear, lastQuarters, type Quarter } from "../calendar";
import { isRefusal } from "../errors";
import { type Benchmark, ENOUGH_A_SIDE, type Figure, type Note, type Unit } from "./definition";
import type { EvidenceShare } from "./evidence-split";
import type { NumbersPolicy } from "./judged-deal";
import type { QuarterInput } from "./quarter-input";
import { type AnyMetric, METRICS, type MetricKey, metricOf, partsOf, sheetsOf } from "./quarter-numbers";
import type { Sheet } from "./sheet";
import type { Interval } from "./statistics";
import { isDefined, type Value } from "./value";

/** Quarters of a sparkline (pages.md, Dashboard); the prior quarter and the year before are among them. */
export const SPARKLINE_QUARTERS = 8;

/** One figure with all that a reader needs to trust it. */
export interface FigureReport {
  key: string;
  name: string;
  unit: Unit;
  value: Value;
  /** 95 %; null where none can be given, and for counts and sums. */
  interval: Interval | null;
  benchmark: BenchmarkReport | null;
  /** The same figure in the quarter before, and in the same quarter a year before. */
  prior: Value;
  yearBefore: Value;
  /** The parts it opens to, numerator first (`dealsOf`), with how many deals each has. */
  opens: CountedPart[];
  /** Of an amount of deals: who stands behind it, adding up to it; null for figures of other kinds, and where it is undefined. */
  evidence: EvidenceShare[] | null;
  /** What each deal of those parts adds to it. */
  adds: Figure<string>["adds"];
}

/** The band a figure is held against, in its unit, and where it stands. */
export interface BenchmarkReport {
  low: number;
  high: number;
  words: string;
  /** Null when the figure is undefined or there are too few deals to tell. */
  stands: "below" | "within" | "above" | null;
}

export interface CountedPart {
  part: string;
  name: string;
  deals: number;
}

/** One metric of a quarter, for every surface. */
export interface MetricReport {
  key: MetricKey;
  name: string;
  formula: string;
  source: string;
  /** Key of the figure shown large. */
  headline: string;
  /** The headline figure first, the others as defined. */
  figures: FigureReport[];
  /** The sides compared and their sample sizes. */
  sides: CountedPart[];
  /** Fewer than five deals on a side: say so instead of drawing a conclusion. */
  tooFew: boolean;
  notes: Note[];
  /** The headline figure of the last eight quarters, oldest first, the asked one last. */
  series: { quarter: string; value: Value }[];
}

export interface QuarterReport<K extends MetricKey = MetricKey> {
  quarter: Quarter;
  /** Labels of the quarters that `prior` and `yearBefore` are of. */
  prior: string;
  yearBefore: string;
  /** ISO 4217 code of every amount here. */
  reporting: string;
  metrics: Record<K, MetricReport>;
}

/**
 * Every metric of the last of `quarters` (`reportedQuarters`), or those of `keys`, beside the prior quarter, the year
 * before and its benchmark. `inputOf` gives what a quarter is counted from, the seal's for a frozen one. A missing
 * rate leaves what it touches undefined by name; of the asked quarter it is refused where `rates` are "required",
 * as they are of what is sealed.
 */
export function quarterReport<K extends MetricKey = MetricKey>(
  inputOf: (quarter: Quarter) => QuarterInput,
  quarters: readonly Quarter[],
  keys: readonly K[] = Object.keys(METRICS) as K[],
  rates: "required" | "told" = "told",
): QuarterReport<K> {
  const { prior, yearBefore, quarter } = comparedOf(quarters);
  const inputs = quarters.map(inputOf);
  const input = inputs.at(-1) as QuarterInput;
  const sheets = inputs.map((one, at) => sheetsOf(one, quarters[at] as Quarter));
  const labels = quarters.map((past) => past.label);
  const report = (key: MetricKey): MetricReport =>
    metricReport(
      key,
      input.policy,
      sheets.map((sheetOf, at) => ({ quarter: labels[at] as string, sheet: sheetOf(key) })),
      rates,
    );
  return {
    quarter,
    prior: prior.label,
    yearBefore: yearBefore.label,
    reporting: input.rates.reporting,
    metrics: Object.fromEntries(keys.map((key) => [key, report(key)])) as Record<K, MetricReport>,
  };
}

/** The quarters that a report of `quarter` counts, oldest first. */
export const reportedQuarters = (quarter: Quarter, year: FiscalYear): Quarter[] =>
  lastQuarters(SPARKLINE_QUARTERS, quarter, year);

const comparedOf = (quarters: readonly Quarter[]) => ({
  yearBefore: quarters.at(-5) as Quarter,
  prior: quarters.at(-2) as Quarter,
  quarter: quarters.at(-1) as Quarter,
});

/** Those of the reported ones of which every figure is shown, and not the headline alone: a year before, before, asked. */
export const comparedQuarters = (reported: readonly Quarter[]): Quarter[] =>
  Object.values(comparedOf(reported));

interface Past {
  quarter: string;
  sheet: Sheet<string>;
}

function metricReport(
  key: MetricKey,
  policy: NumbersPolicy,
  series: readonly Past[],
  rates: "required" | "told",
): MetricReport {
  const metric = metricOf(key);
  const headline = typeof metric.headline === "function" ? metric.headline(policy) : metric.headline;
  const sheet = (series.at(-1) as Past).sheet;
  const counted = (part: string): CountedPart => {
    const { name } = metric.parts[part] as AnyMetric["parts"][string];
    return { part, name, deals: sheet.count(part) };
  };
  const sides = metric.sides.map(counted);
  const tooFew = sides.some((side) => side.deals < ENOUGH_A_SIDE);
  const figureReport = (name: string): FigureReport => {
    const figure = metric.figures[name] as Figure<string>;
    const value = rates === "required" ? figure.value(sheet) : toldValue(figure, series.at(-1) as Past);
    const band = metric.benchmarks.find((benchmark) => benchmark.figure === name);
    return {
      key: name,
      name: figure.name,
      unit: figure.unit,
      value,
      interval: isDefined(value) ? (figure.interval?.(sheet) ?? null) : null,
      benchmark: band
        ? { low: band.low, high: band.high, words: band.words, stands: tooFew ? null : standing(value, band) }
        : null,
      prior: toldValue(figure, series.at(-2) as Past),
      yearBefore: toldValue(figure, series.at(-5) as Past),
      opens: partsOf(figure, policy).map(counted),
      evidence: evidenceOf(figure, value, sheet, policy),
      adds: figure.adds,
    };
  };
  const others = Object.keys(metric.figures).filter((name) => name !== headline);
  const large = metric.figures[headline] as Figure<string>;
  return {
    key,
    name: metric.name,
    formula: metric.formula,
    source: metric.source,
    headline,
    figures: [headline, ...others].map(figureReport),
    sides,
    tooFew,
    notes: metric.notes?.(sheet) ?? [],
    series: series.map((past) => ({ quarter: past.quarter, value: toldValue(large, past) })),
  };
}

/** The split of an amount that is the sum of one part's deals. */
function evidenceOf(
  figure: Figure<string>,
  value: Value,
  sheet: Sheet<string>,
  policy: NumbersPolicy,
): EvidenceShare[] | null {
  const [part, ...others] = partsOf(figure, policy);
  if (figure.unit !== "money" || figure.adds !== "amount" || part === undefined || others.length > 0)
    return null;
  return isDefined(value) ? sheet.evidence(part) : null;
}

function standing(value: Value, band: Benchmark<string>): BenchmarkReport["stands"] {
  if (!isDefined(value)) return null;
  return value < band.low ? "below" : value > band.high ? "above" : "within";
}

/** A figure as far as rates tell it: one that is missing must not take away the numbers it does not touch. */
function toldValue(figure: Figure<string>, past: Past): Value {
  try {
    return figure.value(past.sheet);
  } catch (error) {
    if (!(isRefusal(error) && error.field.startsWith("rates."))) throw error;
    const currency = error.field.split(".").at(-1);
    return { undefined: "missing_rate", detail: error.rule, currency };
  }
}

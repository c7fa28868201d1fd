import type { Figure, Owner, Unit } from "./definition";
import { OTHER_NUMBERS, type OtherNumber } from "./other-numbers";
import { type AnyMetric, METRICS, type MetricKey, metricOf } from "./quarter-numbers";

/** A figure as the catalogue names it. */
export interface NamedFigure {
  key: string;
  name: string;
  unit: Unit;
  /** What it opens to, in words. */
  opens: string;
  /** The column of its view that holds it; null without one. */
  column: string | null;
}

/** A number as every surface names it: page, API, export, SQL view. */
export interface NamedMetric {
  key: string;
  name: string;
  /** In words. */
  formula: string;
  source: string;
  owner: Owner;
  version: number;
  /** The SQL view that holds it (docs/sql-views.md); null for what is not a quarter's. */
  view: string | null;
  figures: readonly NamedFigure[];
}

/** `matchedDays` is `matched_days`: what a view calls what the code calls so. */
export const sqlName = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What a figure opens to: the names of its sets of deals, or the ledger of what has no deals. */
function opensTo({ parts }: AnyMetric, { opens }: Figure<string>): string {
  const keys =
    typeof opens === "function" ? opens({ model: "two_bucket", costDenominator: "attributed" }) : opens;
  if (keys.length === 0) return "The ledger of costs";
  const names = keys.map((key) => parts[key]!.name).join(" · ");
  return typeof opens === "function" ? `${names}, or as the policy's denominator says` : names;
}

function ofQuarter(key: MetricKey): NamedMetric {
  const metric = metricOf(key);
  const { name, formula, source, owner, version } = metric;
  const figures = Object.entries(metric.figures).map(([figureKey, figure]) => ({
    ...{ key: figureKey, name: figure.name, unit: figure.unit },
    opens: opensTo(metric, figure),
    column: sqlName(figureKey),
  }));
  return { key, name, formula, source, owner, version, view: `bi.${sqlName(key)}`, figures };
}

function other(key: string, { name, formula, source, owner, version, figures }: OtherNumber): NamedMetric {
  const named = Object.entries(figures).map(([figureKey, figure]) => ({
    key: figureKey,
    ...figure,
    column: null,
  }));
  return { key, name, formula, source, owner, version, view: null, figures: named };
}

/** Every number that the product shows, a quarter's first: the names that all surfaces take. Source: domain.md §7. */
export const CATALOGUE: readonly NamedMetric[] = [
  ...(Object.keys(METRICS) as MetricKey[]).map(ofQuarter),
  ...Object.entries(OTHER_NUMBERS).map(([key, one]) => other(key, one)),
];

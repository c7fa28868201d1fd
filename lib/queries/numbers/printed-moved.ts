import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { parseQuarter } from "@/lib/calendar";
import { refuse } from "@/lib/errors";
import type { Moment } from "@/lib/judging/known-at";
import { type Exact, printed } from "@/lib/metrics/exact";
import { type FigureOf, MOVED_FIGURES, type MovedCause } from "@/lib/metrics/moved";
import { HEADLINE_METRICS, type MetricKey, metricOf } from "@/lib/metrics/quarter-numbers";
import type { Undefined } from "@/lib/metrics/value";
import { movedNumber } from "@/lib/sealing/moved-numbers";
import { readCompany } from "../company/company";
import { momentOf } from "./moment";

/** What `npm run moved` prints: whole numbers as such, anything else as a fraction in lowest terms, `"3/8"`. */
export interface PrintedMoved {
  from: number | string | Undefined;
  to: number | string | Undefined;
  parts: { cause: MovedCause; amount: number | string; deals: string[] }[];
}

/**
 * The figure that a name means: `influencedWinRate.rate`, or a metric alone for its headline. Refuses one that
 * `npm run numbers` does not print.
 */
export function figureNamed(field: string, name: string): FigureOf {
  const [metric = "", figure = headlineOf(metric)] = name.split(".");
  if (!MOVED_FIGURES.includes(`${metric}.${figure}`) || name.split(".").length > 2)
    refuse(field, name, `must be one of ${[...HEADLINE_METRICS, ...MOVED_FIGURES].join(", ")}`);
  return { metric: metric as MetricKey, figure };
}

function headlineOf(metric: string): string {
  const key = HEADLINE_METRICS.find((known) => known === metric);
  if (!key) return "";
  const { headline } = metricOf(key);
  return typeof headline === "function"
    ? headline({ model: "two_bucket", costDenominator: "attributed" })
    : headline;
}

/** The two moments; refuses the later before the earlier. */
export async function momentsOf(
  db: Db,
  asked: { from: string; to: string; today: Day },
): Promise<{ from: Moment; to: Moment }> {
  const from = await momentOf(db, "from", asked.from, asked.today);
  const to = await momentOf(db, "to", asked.to, asked.today);
  if (from.day > to.day || (from.at !== null && to.at !== null && from.at > to.at))
    refuse("from", asked.from, `must not be after ${asked.to}`);
  return { from, to };
}

/** Why a figure of a quarter moved between two instants or days, in order; nothing is stored. Source: domain.md §7. */
export async function printedMoved(
  db: Db,
  asked: { number: string; quarter: string; from: string; to: string; today: Day },
): Promise<PrintedMoved> {
  const of = figureNamed("number", asked.number);
  const { fiscalYear, reportingCurrency } = await readCompany(db);
  const quarter = parseQuarter(asked.quarter, fiscalYear);
  const moments = await momentsOf(db, asked);
  const { parts, ...ends } = await movedNumber(db, of, quarter, { ...moments, reportingCurrency });
  const end = (value: Exact | Undefined) => ("over" in value ? printed(value) : value);
  return {
    from: end(ends.from),
    to: end(ends.to),
    parts: parts.map(({ cause, amount, deals }) => ({ cause, amount: printed(amount), deals })),
  };
}

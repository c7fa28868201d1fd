import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { numberText } from "@/lib/metrics/value-text";
import { thousands } from "@/lib/text/numbers";

/** The one line under a number: with how many deals on each side it was counted, and how many it left out. */
export function cardLine(metric: MetricReport, currency: string): string {
  const sides = metric.sides.map(({ name, deals }) => `${thousands(deals)} ${name.toLowerCase()}`);
  const leftOut = metric.notes.flatMap((note) =>
    note.note === "closed_before_created" ? [`${note.deals} left out`] : [],
  );
  const costs = metric.figures
    .filter(({ opens, unit }: FigureReport) => opens.length === 0 && unit === "money")
    .flatMap(({ name, value }) =>
      isDefined(value) ? [`${name.toLowerCase()} ${numberText(value, "money", currency)}`] : [],
    );
  return [...sides, ...costs.slice(0, 1), ...leftOut].join(" · ");
}

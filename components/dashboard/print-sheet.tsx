import { FiguresTable } from "@/components/shared/figures/figures-table";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { earlierOf } from "./headline-card";
import { NoteLine } from "./metric-details";

/** What paper has instead of a card's opening: every figure of the four numbers, two and two, with its notes. */
export function PrintSheet({
  metrics,
  quarter,
  compare,
  currency,
}: {
  metrics: readonly MetricReport[];
  quarter: string;
  compare: boolean;
  currency: string;
}) {
  return (
    <div aria-hidden="true" className="hidden gap-x-6 gap-y-2 px-3 py-1.5 print:grid print:grid-cols-2">
      {metrics.map((metric) => (
        <section key={metric.key} className="flex min-w-0 flex-col gap-1">
          <h3 className="font-semibold text-xs">{metric.name}</h3>
          <FiguresTable
            label={`${metric.name}, printed`}
            metric={metric.key}
            figures={metric.figures.filter(({ unit }) => unit !== "deals")}
            quarter={quarter}
            currency={currency}
            compare={compare ? earlierOf(metric) : null}
          />
          {metric.notes.map((note) => (
            <NoteLine key={note.note} note={note} quarter={quarter} metric={metric.key} />
          ))}
          <p className="text-[0.6rem] text-ink-3 leading-3">{metric.formula}.</p>
        </section>
      ))}
    </div>
  );
}

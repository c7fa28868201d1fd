import { ChangeLine } from "@/components/shared/figures/change-line";
import { FigureEvidence } from "@/components/shared/figures/figure-evidence";
import { FigureValue } from "@/components/shared/figures/figure-value";
import { TrendChart } from "@/components/shared/figures/trend";
import { isDefined } from "@/lib/metrics/value";
import { intervalText, reasonText } from "@/lib/metrics/value-text";
import type { Metric } from "./answers";

const nothing = () => {};

/** One number of the meeting: large, against the quarter before, over eight quarters. */
export function MetricTile({
  metric,
  quarter,
  prior,
  currency,
  small = false,
}: {
  metric: Metric;
  quarter: string;
  prior: string;
  currency: string;
  small?: boolean;
}) {
  const figure = metric.figures.find(({ key }) => key === metric.headline) ?? metric.figures[0];
  if (!figure) return null;
  return (
    <section aria-label={metric.name} className="min-w-0 border-line border-t pt-3">
      <h2 className={small ? "text-ink-2 text-xs" : "font-medium text-base"}>{metric.name}</h2>
      <p className={small ? "font-semibold text-lg" : "mt-1 font-semibold text-[1.75rem] leading-9"}>
        <FigureValue figure={figure} metric={metric.key} quarter={quarter} currency={currency} />
      </p>
      {isDefined(figure.value) ? (
        <>
          <ChangeLine value={figure.value} earlier={figure.prior} unit={figure.unit} quarter={prior} />
          <FigureEvidence
            figure={figure}
            metric={metric.key}
            quarter={quarter}
            currency={currency}
            compact={small}
          />
          {!small && figure.interval && (
            <p className="tabular text-ink-3 text-xs">
              95 % {intervalText(figure.interval, figure.unit, currency)}
            </p>
          )}
        </>
      ) : (
        <p className="text-ink-2 text-xs">{reasonText(figure.value)}</p>
      )}
      {!small && (
        <div className="mt-3">
          <TrendChart
            name={figure.name}
            series={metric.series}
            unit={figure.unit}
            currency={currency}
            onQuarter={nothing}
          />
          <p className="mt-2 text-ink-3 text-xs">{metric.formula}.</p>
        </div>
      )}
    </section>
  );
}

import { FigureValue, ValueText } from "@/components/shared/figures/figure-value";
import { ENOUGH_A_SIDE } from "@/lib/metrics/definition";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { intervalText, reasonText } from "@/lib/metrics/value-text";

/**
 * The number itself. A sum is what it is; what is compared or divided says that there are too few deals to
 * tell, and keeps its value for whoever looks closer (domain.md §7).
 */
export function Headline({
  metric,
  large,
  quarter,
  currency,
}: {
  metric: MetricReport;
  large: FigureReport;
  quarter: string;
  currency: string;
}) {
  const isSum = large.unit === "money" || large.unit === "deals";
  const size = "font-semibold text-[1.75rem] leading-9 tracking-tight print:text-xl print:leading-6";
  if (!isDefined(large.value)) {
    return (
      <>
        <ValueText value={large.value} unit={large.unit} currency={currency} className={size} />
        <p className="text-ink-2 text-xs">{reasonText(large.value)}</p>
      </>
    );
  }
  if (metric.tooFew && !isSum) {
    const small = metric.sides.filter(({ deals }) => deals < ENOUGH_A_SIDE);
    return (
      <>
        <p className="font-semibold text-lg leading-9">Too few deals to tell</p>
        <p className="text-ink-2 text-xs">
          {small.map(({ name, deals }) => `${deals} ${name.toLowerCase()}`).join(", ")}; {ENOUGH_A_SIDE} are
          needed. It would be{" "}
          <FigureValue figure={large} metric={metric.key} quarter={quarter} currency={currency} />.
        </p>
      </>
    );
  }
  return (
    <>
      <p>
        <FigureValue
          figure={large}
          metric={metric.key}
          quarter={quarter}
          currency={currency}
          className={size}
        />
      </p>
      <p className="tabular text-ink-2 text-xs">
        {large.unit === "perUnit" ? `a ${currency} 1 won` : large.name.toLowerCase()}
        {large.interval && (
          <span className="text-ink-3"> · 95 % {intervalText(large.interval, large.unit, currency)}</span>
        )}
      </p>
    </>
  );
}

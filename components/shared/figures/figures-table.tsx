import { classNames } from "@/components/ui/class-names";
import type { FigureReport } from "@/lib/metrics/quarter-report";
import { intervalText } from "@/lib/metrics/value-text";
import { FigureEvidence } from "./figure-evidence";
import { FigureValue, ValueText } from "./figure-value";

/**
 * The figures of one metric, a row each, with their intervals; while comparing, also the prior quarter and
 * the year before.
 */
export function FiguresTable({
  label,
  metric,
  figures,
  quarter,
  currency,
  compare,
}: {
  label: string;
  metric: string;
  figures: readonly FigureReport[];
  quarter: string;
  currency: string;
  /** Labels of the two earlier quarters while comparing. */
  compare: { prior: string; yearBefore: string } | null;
}) {
  return (
    <div className="overflow-x-auto print:overflow-visible">
      <table aria-label={label} className="w-full border-collapse text-xs print:text-2xs">
        <thead className={compare ? undefined : "sr-only"}>
          <tr>
            <th scope="col" className="eyebrow pb-0.5 text-left font-medium">
              Figure
            </th>
            <Head>{quarter}</Head>
            {compare ? (
              <>
                <Head>{compare.prior}</Head>
                <Head>{compare.yearBefore}</Head>
              </>
            ) : (
              <Head>95 % interval</Head>
            )}
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.key} className="border-line border-t">
              <th scope="row" className="py-0.75 text-left align-baseline font-normal text-ink-2 print:py-px">
                {figure.name}
                <FigureEvidence
                  figure={figure}
                  metric={metric}
                  quarter={quarter}
                  currency={currency}
                  compact
                />
              </th>
              <td className={classNames(CELL, "font-medium")}>
                <FigureValue figure={figure} metric={metric} quarter={quarter} currency={currency} />
              </td>
              {compare ? (
                <>
                  <td className={CELL}>
                    <ValueText value={figure.prior} unit={figure.unit} currency={currency} />
                  </td>
                  <td className={CELL}>
                    <ValueText value={figure.yearBefore} unit={figure.unit} currency={currency} />
                  </td>
                </>
              ) : (
                <IntervalCell figure={figure} currency={currency} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = "py-0.75 pl-3 text-right align-baseline whitespace-nowrap print:py-px";

function Head({ children }: { children: string }) {
  return (
    <th scope="col" className="eyebrow whitespace-nowrap pb-0.5 pl-3 text-right font-medium">
      {children}
    </th>
  );
}

function IntervalCell({ figure, currency }: { figure: FigureReport; currency: string }) {
  return (
    <td className={classNames(CELL, "tabular text-ink-3 sm:w-36")}>
      {figure.interval && typeof figure.value === "number" ? (
        intervalText(figure.interval, figure.unit, currency)
      ) : (
        <span className="sr-only">none</span>
      )}
    </td>
  );
}

import type { FigureReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { numberText } from "@/lib/metrics/value-text";
import { FigureValue } from "./figure-value";

/** Of every benchmark more is better (§7): the words say what the place means, not on which side it is. */
const STANDS = {
  below: { words: "Worse than the benchmark", tone: "text-warn" },
  within: { words: "Within the benchmark", tone: "text-ink" },
  above: { words: "Better than the benchmark", tone: "text-accent-ink" },
} as const;

/** A figure against its benchmark: band, 95 % interval and marker on one line, and the same in words. */
export function BenchmarkBand({
  figure,
  tooFew,
  currency,
  of,
}: {
  figure: FigureReport;
  tooFew: boolean;
  currency: string;
  /** Where its value opens; closed without. */
  of?: { metric: string; quarter: string };
}) {
  const { benchmark, value, interval, unit } = figure;
  if (!benchmark) return null;
  const { low, high, words, stands } = benchmark;
  const told = isDefined(value) && !tooFew ? value : null;
  const from = Math.min(0, low - (high - low), told !== null ? Math.max(told, low - 3 * (high - low)) : low);
  const to = Math.max(high * 1.5, told !== null ? Math.min(told * 1.08, high * 3) : 0);
  const at = (x: number) => `${Math.min(100, Math.max(0, ((x - from) / (to - from)) * 100)).toFixed(2)}%`;
  const verdict = tooFew ? "Too few deals to tell" : stands ? STANDS[stands].words : "Not comparable";
  return (
    <div>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-xs">
        <span className="text-ink-2">
          {figure.name}
          {told !== null && (
            <strong className="tabular ml-1.5 font-semibold text-ink">
              {of ? (
                <FigureValue figure={figure} currency={currency} {...of} />
              ) : (
                numberText(told, unit, currency)
              )}
            </strong>
          )}
        </span>
        <span className={stands && !tooFew ? `font-medium ${STANDS[stands].tone}` : "text-ink-3"}>
          {verdict}
        </span>
      </p>
      <div aria-hidden="true" className="relative mt-1 h-3.5 [print-color-adjust:exact]">
        <div className="absolute inset-x-0 top-1/2 h-px bg-line-strong" />
        <div
          className="absolute inset-y-0.5 rounded-xs border-accent border-x bg-accent/20"
          style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }}
        />
        {told !== null && interval && (
          <div
            className="absolute top-1/2 h-0.75 -translate-y-1/2 rounded-full bg-ink/35"
            style={{ left: at(interval.low), width: `calc(${at(interval.high)} - ${at(interval.low)})` }}
          />
        )}
        {told !== null && (
          <div
            className="absolute inset-y-0 w-1 -translate-x-1/2 rounded-full bg-ink ring-2 ring-surface"
            style={{ left: at(told) }}
          />
        )}
      </div>
      <p className="tabular relative h-4 text-2xs text-ink-3">
        <span className="-translate-x-1/2 absolute" style={{ left: at((low + high) / 2) }}>
          <span className="whitespace-nowrap">{words}</span>
        </span>
      </p>
    </div>
  );
}

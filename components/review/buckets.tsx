import { ChangeLine } from "@/components/shared/figures/change-line";
import { FigureEvidence } from "@/components/shared/figures/figure-evidence";
import { FigureValue, ValueText } from "@/components/shared/figures/figure-value";
import { OUTCOME_COLOURS, OutcomeGlyph } from "@/components/shared/outcome-badge";
import { OUTCOMES, type Outcome } from "@/lib/attribution/vocabulary";
import { isDefined } from "@/lib/metrics/value";
import { percentOf } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import type { Figure, Metric } from "./answers";

/** The outcome whose colour and shape a bucket has; direct has no partner's. */
function outcomeOf(bucket: string): Outcome {
  return OUTCOMES.find((outcome) => outcome === bucket) ?? "none";
}

interface BucketsProps {
  metric: Metric;
  quarter: string;
  prior: string;
  currency: string;
  /** Whether the quarter before is part of the question. */
  comparing: boolean;
}

const amount = (value: Figure["value"]) => (isDefined(value) ? value : 0);

/** An amount split by bucket: a full bar is all of its quarter, the mark in it the share of the quarter before. */
export function Buckets(shown: BucketsProps) {
  const { metric, quarter, prior, currency, comparing } = shown;
  const all = metric.figures.find(({ key }) => key === "all");
  const buckets = metric.figures.filter(({ key, value }) => key !== "all" && isDefined(value));
  return (
    <div>
      {all && (
        <div className="mb-6 flex flex-wrap items-baseline gap-x-6 gap-y-1">
          <p className="font-semibold text-[2.25rem] leading-10 tracking-tight">
            <FigureValue figure={all} metric={metric.key} quarter={quarter} currency={currency} />
          </p>
          <ChangeLine value={all.value} earlier={all.prior} unit={all.unit} quarter={prior} />
        </div>
      )}
      <ul aria-label={metric.name} className="flex flex-col gap-4">
        {buckets.map((figure) => (
          <Bucket
            key={figure.key}
            figure={figure}
            total={all ? amount(all.value) : 0}
            before={all && comparing ? amount(all.prior) : 0}
            {...shown}
          />
        ))}
      </ul>
      <p className="mt-5 text-ink-3 text-xs">
        {metric.formula}. A full bar is all of {quarter}
        {comparing && `; the mark in it is the share in ${prior}`}.
      </p>
    </div>
  );
}

function Bucket({
  figure,
  total,
  before,
  metric,
  quarter,
  prior,
  currency,
  comparing,
}: BucketsProps & {
  figure: Figure;
  /** Of all buckets together. */
  total: number;
  /** Of all buckets in the quarter before; 0 where that is no part of the question. */
  before: number;
}) {
  const { value, unit } = figure;
  return (
    <li>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <span className="flex items-center gap-2 font-medium text-base">
          <OutcomeGlyph outcome={outcomeOf(figure.key)} />
          {figure.name}
          <span className="tabular font-normal text-ink-3 text-xs">
            {count(figure.opens[0]?.deals ?? 0, "deal")}
            {total > 0 && ` · ${percentOf(amount(value), total, 0)}`}
          </span>
        </span>
        <span className="flex items-baseline gap-3">
          {comparing && <ChangeLine value={value} earlier={figure.prior} unit={unit} quarter={prior} />}
          <span className="font-semibold text-lg">
            <FigureValue figure={figure} metric={metric.key} quarter={quarter} currency={currency} />
          </span>
        </span>
      </div>
      <Bar
        outcome={outcomeOf(figure.key)}
        share={total > 0 ? amount(value) / total : 0}
        before={before > 0 ? amount(figure.prior) / before : 0}
      />
      <div className="mt-1 empty:hidden">
        <FigureEvidence figure={figure} metric={metric.key} quarter={quarter} currency={currency} />
      </div>
      {comparing && (
        <p className="mt-0.5 text-ink-3 text-xs">
          {prior}: <ValueText value={figure.prior} unit={unit} currency={currency} />
        </p>
      )}
    </li>
  );
}

function Bar({ outcome, share, before }: { outcome: Outcome; share: number; before: number }) {
  const width = (part: number) => `${(part * 100).toFixed(2)}%`;
  return (
    <div aria-hidden="true" className="relative mt-1 h-3 [print-color-adjust:exact]">
      <div className="absolute inset-0 rounded-sm bg-hover" />
      <div
        className="absolute inset-y-0 left-0 rounded-sm"
        style={{ width: width(share), background: OUTCOME_COLOURS[outcome] }}
      />
      {before > 0 && (
        <div
          className="absolute -inset-y-0.5 w-0.5 bg-ink"
          style={{ left: `calc(${width(before)} - 1px)` }}
        />
      )}
    </div>
  );
}

import { BenchmarkBand } from "@/components/shared/figures/benchmark-band";
import { ChangeLine } from "@/components/shared/figures/change-line";
import { FigureValue } from "@/components/shared/figures/figure-value";
import { FiguresTable } from "@/components/shared/figures/figures-table";
import { isDefined } from "@/lib/metrics/value";
import { reasonText } from "@/lib/metrics/value-text";
import type { Figure, Metric } from "./answers";

interface Shown {
  metric: Metric;
  quarter: string;
  prior: string;
  currency: string;
}

const amount = (figure: Figure | undefined) => (figure && isDefined(figure.value) ? figure.value : 0);

/** What a dollar won costs, with partners and without: the two bars share one scale. */
export function Economics({ yearBefore, ...shown }: Shown & { yearBefore: string }) {
  const { metric, quarter, prior, currency } = shown;
  const partner = metric.figures[0];
  const direct = metric.figures.find(({ key }) => key === "direct");
  const top = Math.max(amount(partner), amount(direct)) || 1;
  const benchmarked = metric.figures.filter(({ benchmark }) => benchmark);
  const rest = metric.figures.filter(
    (figure) => figure !== partner && figure !== direct && !figure.benchmark,
  );
  return (
    <div className="flex flex-col gap-7">
      <ul aria-label="Cost of a dollar won" className="flex flex-col gap-5">
        {partner && (
          <Side name="With partners" figure={partner} colour="var(--accent)" top={top} {...shown} />
        )}
        {direct && <Side name="Direct" figure={direct} colour="var(--line-control)" top={top} {...shown} />}
      </ul>
      {benchmarked.map((figure) => (
        <BenchmarkBand key={figure.key} figure={figure} tooFew={metric.tooFew} currency={currency} />
      ))}
      <FiguresTable
        label={`Figures of ${metric.name}`}
        metric={metric.key}
        figures={rest}
        quarter={quarter}
        currency={currency}
        compare={{ prior, yearBefore }}
      />
      <p className="text-ink-3 text-xs">{metric.formula}.</p>
    </div>
  );
}

function Side({
  name,
  figure,
  colour,
  top,
  metric,
  quarter,
  prior,
  currency,
}: Shown & {
  name: string;
  figure: Figure;
  colour: string;
  /** What a full bar stands for. */
  top: number;
}) {
  return (
    <li>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium text-base">{name}</span>
        <span className="flex items-baseline gap-3">
          <ChangeLine value={figure.value} earlier={figure.prior} unit={figure.unit} quarter={prior} />
          <span className="font-semibold text-[1.75rem] leading-9 tracking-tight">
            <FigureValue figure={figure} metric={metric.key} quarter={quarter} currency={currency} />
          </span>
        </span>
      </div>
      <div aria-hidden="true" className="mt-1 h-3 rounded-sm bg-hover">
        <div
          className="h-full rounded-sm"
          style={{ width: `${((amount(figure) / top) * 100).toFixed(2)}%`, background: colour }}
        />
      </div>
      {!isDefined(figure.value) && <p className="mt-0.5 text-ink-2 text-xs">{reasonText(figure.value)}</p>}
    </li>
  );
}

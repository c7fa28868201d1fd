"use client";

import { BenchmarkBand } from "@/components/shared/figures/benchmark-band";
import { ChangeLine } from "@/components/shared/figures/change-line";
import { FigureEvidence } from "@/components/shared/figures/figure-evidence";
import { TrendChart } from "@/components/shared/figures/trend";
import { LookLine, useDealsOfParts } from "@/components/shared/look/look";
import { Term } from "@/components/shared/term";
import { Icon } from "@/components/ui/icon";
import type { Term as TermName } from "@/lib/attribution/glossary";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { CardLine } from "./card-line";
import { Headline } from "./headline";

/** The word of the glossary that each of the four numbers is. */
const TERM_OF = {
  sourcedPipeline: "sourced_pipeline",
  influencedWinRate: "influenced_win_rate",
  cycleReduction: "cycle_reduction",
  costPerPartnerDollar: "cost_per_partner_dollar",
} as const satisfies Partial<Record<MetricReport["key"], TermName>>;

/** Labels of the two quarters that a number is shown against. */
export function earlierOf({ series }: MetricReport): { prior: string; yearBefore: string } {
  return { prior: series.at(-2)?.quarter ?? "", yearBefore: series.at(-5)?.quarter ?? "" };
}

/** One of the four numbers: value, change, trend, benchmark, evidence, and one line; its head opens the rest. */
export function HeadlineCard({
  metric,
  quarter,
  currency,
  compare,
  onOpen,
  onQuarter,
}: {
  metric: MetricReport;
  quarter: string;
  currency: string;
  /** Whether the earlier values are shown beside the changes. */
  compare: boolean;
  onOpen(): void;
  onQuarter(quarter: string): void;
}) {
  const large = metric.figures[0] as FigureReport;
  const band = metric.figures.find(({ benchmark }) => benchmark);
  const titleId = `${metric.key}-title`;
  return (
    <section
      aria-labelledby={titleId}
      className="flex min-w-0 flex-col gap-2.5 border-line border-b px-4 py-3 sm:px-5 md:odd:border-r xl:[&:not(:last-child)]:border-r print:gap-1.5 print:px-3 print:py-2 print:[&:not(:last-child)]:border-r"
    >
      <CardHead metric={metric} titleId={titleId} onOpen={onOpen} />
      <LookLine className="-mt-1.5" />
      <div className="min-h-14 print:min-h-0">
        <Headline metric={metric} large={large} quarter={quarter} currency={currency} />
      </div>
      <Changes metric={metric} large={large} shown={compare ? currency : null} />
      <TrendChart
        name={large.name}
        series={metric.series}
        unit={large.unit}
        currency={currency}
        onQuarter={onQuarter}
      />
      {band && (
        <BenchmarkBand
          figure={band}
          tooFew={metric.tooFew}
          currency={currency}
          of={{ metric: metric.key, quarter }}
        />
      )}
      <div className="mt-auto flex flex-col gap-1.5">
        <FigureEvidence figure={large} metric={metric.key} quarter={quarter} currency={currency} compact />
        <CardLine metric={metric} quarter={quarter} currency={currency} />
      </div>
    </section>
  );
}

/** Its name, which opens the rest, and beside it what it means. */
function CardHead({ metric, titleId, onOpen }: { metric: MetricReport; titleId: string; onOpen(): void }) {
  return (
    <div className="flex items-center gap-1.5">
      <h2 id={titleId} className="min-w-0 flex-1 font-semibold text-sm">
        <button
          type="button"
          onClick={onOpen}
          className="group/open -mx-1 flex w-[calc(100%+0.5rem)] items-center justify-between gap-2 rounded-sm px-1 text-left hover:bg-hover"
        >
          <span>{metric.name}</span>
          <span className="sr-only">, details</span>
          <Icon name="chevronRight" className="size-3.5 text-ink-3 group-hover/open:text-ink print:hidden" />
        </button>
      </h2>
      {metric.key in TERM_OF && (
        <Term of={TERM_OF[metric.key as keyof typeof TERM_OF]} className="-m-1 p-1 print:hidden">
          <Icon name="info" className="size-3.5 text-ink-3" />
          <span className="sr-only">What {metric.name} means</span>
        </Term>
      )}
    </div>
  );
}

/** How it moved from the two earlier quarters, each opening to that quarter's deals. */
function Changes({
  metric,
  large,
  shown,
}: {
  metric: MetricReport;
  large: FigureReport;
  /** The currency in which the earlier values are shown; null for the changes alone. */
  shown: string | null;
}) {
  const dealsOfParts = useDealsOfParts();
  if (!isDefined(large.value)) return null;
  const { prior, yearBefore } = earlierOf(metric);
  const href = (quarter: string) =>
    large.opens.length === 0
      ? undefined
      : dealsOfParts(
          quarter,
          metric.key,
          large.opens.map(({ part }) => part),
          { figure: large.key },
        );
  return (
    <div className="flex flex-wrap gap-x-4">
      <ChangeLine
        shown={shown}
        value={large.value}
        earlier={large.prior}
        unit={large.unit}
        quarter={prior}
        href={href(prior)}
      />
      <ChangeLine
        shown={shown}
        value={large.value}
        earlier={large.yearBefore}
        unit={large.unit}
        quarter={yearBefore}
        href={href(yearBefore)}
      />
    </div>
  );
}

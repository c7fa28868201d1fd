"use client";

import Link from "next/link";
import { BenchmarkBand } from "@/components/shared/figures/benchmark-band";
import { ChangeLine } from "@/components/shared/figures/change-line";
import { dealsOfParts } from "@/components/shared/figures/deals-of-parts";
import { FigureEvidence } from "@/components/shared/figures/figure-evidence";
import { FigureValue, ValueText } from "@/components/shared/figures/figure-value";
import { FiguresTable } from "@/components/shared/figures/figures-table";
import { TrendChart } from "@/components/shared/figures/trend";
import { Icon } from "@/components/ui/icon";
import type { Note } from "@/lib/metrics/definition";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { ENOUGH_A_SIDE } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { intervalText, numberText, reasonText } from "@/lib/metrics/value-text";
import { count, plural } from "@/lib/text/words";
import { MetricParts } from "./metric-parts";

/** One of the four numbers, with all that a CFO needs to trust it on one pane (pages.md, Dashboard). */
export function HeadlinePanel({
  metric,
  quarter,
  compare,
  currency,
  onQuarter,
}: {
  metric: MetricReport;
  quarter: string;
  compare: boolean;
  currency: string;
  onQuarter(quarter: string): void;
}) {
  const large = metric.figures[0] as FigureReport;
  const prior = metric.series.at(-2)?.quarter ?? "";
  const yearBefore = metric.series.at(-5)?.quarter ?? "";
  const benchmarked = metric.figures.filter(({ benchmark }) => benchmark);
  // Counts are the parts' n; a benchmarked figure has its band, unless its past is asked for.
  const listed = metric.figures.filter(
    (figure) => figure.unit !== "deals" && (compare || (figure !== large && !figure.benchmark)),
  );
  const titleId = `${metric.key}-title`;
  return (
    <section
      aria-labelledby={titleId}
      className="flex min-w-0 flex-col gap-3 border-line border-b px-4 py-4 sm:px-6 xl:odd:border-r print:gap-1.5 print:px-4 print:py-2 print:odd:border-r"
    >
      <h2 id={titleId} className="font-semibold text-base print:text-sm">
        {metric.name}
      </h2>
      <div className="grid items-end gap-x-6 gap-y-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] print:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-0.5">
          <Headline metric={metric} large={large} quarter={quarter} currency={currency} />
          <FigureEvidence figure={large} metric={metric.key} quarter={quarter} currency={currency} />
          {isDefined(large.value) && (
            <div className="mt-1 flex flex-wrap gap-x-4">
              <ChangeLine value={large.value} earlier={large.prior} unit={large.unit} quarter={prior} />
              <ChangeLine
                value={large.value}
                earlier={large.yearBefore}
                unit={large.unit}
                quarter={yearBefore}
              />
            </div>
          )}
        </div>
        <TrendChart
          name={large.name}
          series={metric.series}
          unit={large.unit}
          currency={currency}
          onQuarter={onQuarter}
        />
      </div>
      {benchmarked.map((figure) => (
        <BenchmarkBand key={figure.key} figure={figure} tooFew={metric.tooFew} currency={currency} />
      ))}
      <FiguresTable
        label={`Figures of ${metric.name}`}
        metric={metric.key}
        figures={listed}
        quarter={quarter}
        currency={currency}
        compare={compare ? { prior, yearBefore } : null}
      />
      <FinePrint metric={metric} quarter={quarter} />
    </section>
  );
}

/** What it takes not to overread the number: its notes, its n and its formula. */
function FinePrint({ metric, quarter }: { metric: MetricReport; quarter: string }) {
  return (
    <div className="mt-auto flex flex-col gap-1.5 print:gap-0.5">
      {metric.notes.map((note) => (
        <NoteLine key={note.note} note={note} quarter={quarter} metric={metric.key} />
      ))}
      <MetricParts metric={metric} quarter={quarter} />
      <p className="text-2xs text-ink-3 print:text-[0.6rem] print:leading-3">{metric.formula}.</p>
    </div>
  );
}

/**
 * The number itself. A sum is what it is; what is compared or divided says that there are too few deals to
 * tell, and keeps its value for whoever looks closer (domain.md §7).
 */
function Headline({
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
  const size = "font-semibold text-[1.875rem] leading-9 tracking-tight print:text-xl";
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

function NoteLine({ note, quarter, metric }: { note: Note; quarter: string; metric: string }) {
  return (
    <p className="flex gap-1.5 text-warn text-xs print:text-2xs">
      <Icon name="info" className="mt-0.5 size-3.5" />
      {note.note === "closed_before_created" ? (
        <span>
          <Link
            href={dealsOfParts(quarter, metric, ["leftOut"])}
            prefetch={false}
            className="font-medium underline decoration-warn/40 underline-offset-2"
          >
            {count(note.deals, "won deal")}
          </Link>{" "}
          closed before {plural(note.deals, "it was", "they were")} created: counted in every number but this
          one.
        </span>
      ) : (
        <span>
          Raw says {numberText(note.raw, "days", "")}, like-for-like says{" "}
          {numberText(note.matched, "days", "")}: the difference may be the mix of deals, not the partners.
        </span>
      )}
    </p>
  );
}

"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import type { ComponentProps } from "react";
import { BenchmarkBand } from "@/components/shared/figures/benchmark-band";
import { FigureEvidence } from "@/components/shared/figures/figure-evidence";
import { FiguresTable } from "@/components/shared/figures/figures-table";
import { LookLine, useDealsOfParts } from "@/components/shared/look/look";
import { Icon } from "@/components/ui/icon";
import { SidePanel } from "@/components/ui/side-panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { Note } from "@/lib/metrics/definition";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { numberText } from "@/lib/metrics/value-text";
import { count, plural } from "@/lib/text/words";
import { earlierOf } from "./headline-card";
import { MetricParts } from "./metric-parts";

// The chart library is the heaviest thing there is: it comes when a chart is asked for.
const MetricChart = dynamic(() => import("./metric-chart"), {
  ssr: false,
  loading: () => <Skeleton className="h-42 w-full" />,
});

const WhyMoved = dynamic(() => import("./why-moved"), {
  ssr: false,
  loading: () => <Skeleton className="h-24 w-full" />,
});

/** All that stands behind one of the four numbers, beside the dashboard: every figure, band, note, set and the formula. */
export function MetricDetails({
  metric,
  quarter,
  compare,
  currency,
  moved,
  onClose,
}: {
  metric: MetricReport;
  quarter: string;
  /** Of the quarter, how it is looked at, and since when. */
  moved: Omit<ComponentProps<typeof WhyMoved>, "number">;
  compare: boolean;
  currency: string;
  onClose(): void;
}) {
  const large = metric.figures[0] as FigureReport;
  const of = { metric: metric.key, quarter };
  return (
    <SidePanel title={metric.name} lead={<span className="text-xs">{quarter}</span>} onClose={onClose}>
      <div className="flex flex-col gap-4 pt-3">
        <LookLine />
        <Formula metric={metric} />
        {metric.notes.map((note) => (
          <NoteLine key={note.note} note={note} quarter={quarter} metric={metric.key} />
        ))}
        <figure>
          <figcaption className="mb-1 text-2xs text-ink-3">
            {large.name}, the last eight quarters
            <span className="sr-only">: {seriesText(metric, large, currency)}</span>
          </figcaption>
          <div aria-hidden="true" className="h-42">
            <MetricChart metric={metric} figure={large} currency={currency} />
          </div>
        </figure>
        {metric.figures.flatMap((figure) =>
          figure.benchmark ? (
            <BenchmarkBand
              key={figure.key}
              figure={figure}
              tooFew={metric.tooFew}
              currency={currency}
              of={of}
            />
          ) : (
            []
          ),
        )}
        <WhyMoved number={`${metric.key}.${large.key}`} {...moved} />
        <FigureEvidence figure={large} currency={currency} {...of} />
        <FiguresTable
          label={`Figures of ${metric.name}`}
          figures={metric.figures.filter(({ unit }) => unit !== "deals")}
          currency={currency}
          compare={compare ? earlierOf(metric) : null}
          {...of}
        />
        <MetricParts metric={metric} quarter={quarter} />
      </div>
    </SidePanel>
  );
}

/** How it is worked out, and where its definition is looked up. */
function Formula({ metric }: { metric: MetricReport }) {
  return (
    <p className="text-ink-2 text-xs">
      {metric.formula}.{" "}
      <Link
        href={`/settings/numbers#${metric.key}`}
        prefetch={false}
        className="whitespace-nowrap text-accent-ink underline underline-offset-2 print:hidden"
      >
        Who answers for it
      </Link>
    </p>
  );
}

const seriesText = ({ series }: MetricReport, { unit }: FigureReport, currency: string) =>
  series
    .map(({ quarter, value }) => `${quarter} ${isDefined(value) ? numberText(value, unit, currency) : "—"}`)
    .join(", ");

/** What a reader of the number must know, so as not to overread it. */
export function NoteLine({ note, quarter, metric }: { note: Note; quarter: string; metric: string }) {
  const dealsOfParts = useDealsOfParts();
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

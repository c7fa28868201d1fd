"use client";

import Link from "next/link";
import { BenchmarkBand } from "@/components/shared/figures/benchmark-band";
import { dealsOfParts } from "@/components/shared/figures/deals-of-parts";
import { FigureEvidence } from "@/components/shared/figures/figure-evidence";
import { FiguresTable } from "@/components/shared/figures/figures-table";
import { Icon } from "@/components/ui/icon";
import { SidePanel } from "@/components/ui/side-panel";
import type { Note } from "@/lib/metrics/definition";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { numberText } from "@/lib/metrics/value-text";
import { count, plural } from "@/lib/text/words";
import { earlierOf } from "./headline-card";
import { MetricParts } from "./metric-parts";

/** All that stands behind one of the four numbers, beside the dashboard: every figure, band, note, set and the formula. */
export function MetricDetails({
  metric,
  quarter,
  compare,
  currency,
  onClose,
}: {
  metric: MetricReport;
  quarter: string;
  compare: boolean;
  currency: string;
  onClose(): void;
}) {
  const large = metric.figures[0] as FigureReport;
  const of = { metric: metric.key, quarter };
  return (
    <SidePanel title={metric.name} lead={<span className="text-xs">{quarter}</span>} onClose={onClose}>
      <div className="flex flex-col gap-4 pt-3">
        <p className="text-ink-2 text-xs">{metric.formula}.</p>
        {metric.notes.map((note) => (
          <NoteLine key={note.note} note={note} quarter={quarter} metric={metric.key} />
        ))}
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

/** What a reader of the number must know, so as not to overread it. */
export function NoteLine({ note, quarter, metric }: { note: Note; quarter: string; metric: string }) {
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

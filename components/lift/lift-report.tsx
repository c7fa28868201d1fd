"use client";

import type { ReactNode } from "react";
import { Term } from "@/components/shared/term";
import type { Outputs } from "@/lib/api/client";
import type { LiftMeasure } from "@/lib/metrics/lift";
import { confirmedVerdict, MEASURE_WORDS, verdict } from "@/lib/metrics/lift-words";
import { percentOf, thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { ComparedTable } from "./compared-table";

type Answer = Outputs["lift"];

const MEASURES = Object.keys(MEASURE_WORDS) as LiftMeasure[];

/** What was found of a cohort: each measure both ways with its verdict, and who was asked. */
export function LiftReport({
  found,
  matched,
  onOpen,
  children,
}: {
  found: Answer;
  matched: boolean;
  /** Opens the deals of a figure: `winRate.plain.with`. */
  onOpen?(figure: string): void;
  /** What comes later: the days by stage. */
  children?: ReactNode;
}) {
  const { reportingCurrency: currency } = found;
  const says = {
    plain: matched ? "Credited or direct, in like cells" : "Credited or direct, as they are",
    landmark: `A partner written down by the day it came to stage ${found.stage} or later, in like cells`,
  };
  const opening = (measure: LiftMeasure, comparison: "plain" | "landmark") => ({
    compared: found[measure][comparison],
    ...(onOpen && {
      onOpen: (side: "with" | "without") => onOpen(`${measure}.${comparison}.${side}`),
    }),
  });
  return (
    <>
      <p className="py-3 text-ink-2">
        {count(found.closed, "deal")} won or lost. Like cells are of one type, currency and size; each counts
        by its deals with a partner.
      </p>
      <Confirmed confirmed={found.confirmed} />
      {MEASURES.map((measure) => (
        <section
          key={measure}
          aria-label={MEASURE_WORDS[measure].label}
          className="break-inside-avoid pt-6 print:pt-3"
        >
          <h2 className="font-semibold">{MEASURE_WORDS[measure].label}</h2>
          <p className="max-w-[80ch] pt-0.5 pb-2 text-ink-2">{verdict(measure, found[measure])}</p>
          <ComparedTable
            label={`${MEASURE_WORDS[measure].label}, with a partner and without`}
            unit={MEASURE_WORDS[measure].unit}
            currency={currency}
            rows={[
              { name: "By outcome", says: says.plain, ...opening(measure, "plain") },
              { name: "From the landmark", says: says.landmark, ...opening(measure, "landmark") },
            ]}
          />
        </section>
      ))}
      {children}
      <p className="max-w-[80ch] pt-6 text-ink-2 text-xs print:pt-2">
        The cycle is counted from the creation by outcome, and from the landmark there. Intervals are 95 %, by
        bootstrap. The <Term of="placebo">placebo</Term> is the share of shuffles of the same deals that come
        out at least as far from zero: near 0 % chance hardly does it, near 100 % nothing was found.
      </p>
    </>
  );
}

/** The share confirmed before the close, won and lost apart (§7): where they differ, so did the asking. */
function Confirmed({ confirmed: { won, lost } }: { confirmed: Answer["confirmed"] }) {
  const share = ({ deals, confirmed }: typeof won) => (deals === 0 ? null : confirmed / deals);
  const warning = confirmedVerdict(share(won), share(lost));
  const one = (name: string, { deals, confirmed }: typeof won) => (
    <div className="flex items-baseline gap-2">
      <dt className="text-ink-2">{name}</dt>
      <dd className="tabular whitespace-nowrap font-medium">
        {percentOf(confirmed, deals)}{" "}
        <span className="font-normal text-2xs text-ink-3">
          {thousands(confirmed)} of {thousands(deals)}
        </span>
      </dd>
    </div>
  );
  return (
    <>
      <dl className="flex flex-wrap gap-x-8 gap-y-1">
        {one("Won deals confirmed before they closed", won)}
        {one("Lost deals", lost)}
      </dl>
      {warning && <p className="pt-1 text-ink-2">{warning}</p>}
    </>
  );
}

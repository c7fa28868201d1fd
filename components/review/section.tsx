"use client";

import type { Person } from "@/components/shared/case/use-people";
import { onDemand } from "@/components/ui/on-demand";
import type { ReviewAnswer } from "./answers";
import { AskSection } from "./ask-section";
import { Buckets } from "./buckets";
import { Economics } from "./economics";
import { MetricTile } from "./metric-tile";
import { MinutesSection } from "./minutes-section";
import { SectionHead } from "./section-head";
import type { MoreCases } from "./use-review-cases";

const CaseSection = onDemand(() => import("./case-section").then((m) => m.CaseSection));
const ExceptionsSection = onDemand(() => import("./exceptions-section").then((m) => m.ExceptionsSection));
const FreezeSection = onDemand(() => import("./freeze-section").then((m) => m.FreezeSection));
const SealedCase = onDemand(() => import("./sealed-case").then((m) => m.SealedCase));

const HEADS = {
  pipeline: {
    title: "Pipeline created",
    term: "sourced_pipeline",
    lead: "What came in, and who brought it.",
  },
  revenue: { title: "Revenue closed", term: "credited" },
  economics: {
    title: "Program economics",
    term: "cost_per_partner_dollar",
    lead: "What a dollar won costs, with partners and without.",
  },
} as const;

/** The one thing in the middle: a section of the meeting, or a case. */
export function Section({
  review,
  more,
  position,
  people,
  presents,
  onOpen,
}: {
  review: ReviewAnswer;
  more: MoreCases;
  position: string;
  people: readonly Person[];
  presents: boolean;
  onOpen(id: string): void;
}) {
  const { prior, reportingCurrency: currency } = review;
  const quarter = review.quarter.label;
  const shared = { quarter, prior, currency };
  switch (position) {
    case "pipeline":
      return (
        <>
          <SectionHead {...HEADS.pipeline} />
          <Buckets metric={review.pipeline} comparing={false} {...shared} />
        </>
      );
    case "revenue":
      return (
        <>
          <SectionHead {...HEADS.revenue} lead={`What was won, against ${prior}.`} />
          <Buckets metric={review.revenue} comparing {...shared} />
        </>
      );
    case "economics":
      return (
        <>
          <SectionHead {...HEADS.economics} />
          <Economics
            metric={review.economics}
            yearBefore={review.economics.series.at(-5)?.quarter ?? ""}
            {...shared}
          />
        </>
      );
    case "indicators":
      return (
        <>
          <SectionHead title="Leading indicators" lead="What next quarter's numbers will be made of." />
          <div className="grid gap-x-10 gap-y-8 md:grid-cols-2 xl:grid-cols-3">
            {review.indicators.map((metric) => (
              <MetricTile key={metric.key} metric={metric} {...shared} />
            ))}
          </div>
        </>
      );
    case "ask":
      return <AskSection review={review} presents={presents} />;
    case "exceptions":
      return <ExceptionsSection {...{ review, more, people, presents }} onOpen={onOpen} />;
    case "minutes":
      return <MinutesSection review={review} presents={presents} />;
    case "freeze":
      return <FreezeSection review={review} presents={presents} onOpen={onOpen} />;
    default:
      if (review.seal) return <FrozenCase review={review} position={position} />;
      return <CaseSection key={position} id={position} people={people} presents={presents} />;
  }
}

function FrozenCase({ review, position }: { review: ReviewAnswer; position: string }) {
  const row = review.exceptions.rows.find(({ id }) => id === position);
  return row ? <SealedCase key={position} row={row} /> : null;
}

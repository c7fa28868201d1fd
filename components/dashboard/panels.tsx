"use client";

import dynamic from "next/dynamic";
import type { Outputs } from "@/lib/api/client";
import type { DashboardParams, numbersAsked } from "./dashboard-params";
import { MetricDetails } from "./metric-details";

const Ranking = dynamic(() => import("./ranking"), { ssr: false });

type Numbers = Outputs["numbers"];

/** What stands open beside the page: the ranking, a number's details. */
export function Panels({
  numbers,
  params: { rank, open, compare, since },
  look,
  onChange,
}: {
  numbers: Numbers;
  params: DashboardParams;
  look: ReturnType<typeof numbersAsked>["look"];
  onChange(next: Partial<DashboardParams>): void;
}) {
  const opened = numbers.headline.find(({ key }) => key === open);
  return (
    <>
      {rank && (
        <Ranking
          quarter={numbers.quarter.label}
          by={rank}
          onBy={(next) => onChange({ rank: next })}
          onClose={() => onChange({ rank: null })}
        />
      )}
      {opened && (
        <MetricDetails
          metric={opened}
          compare={compare}
          quarter={numbers.quarter.label}
          currency={numbers.reportingCurrency}
          moved={{ quarter: numbers.quarter, look, since, onSince: (next) => onChange({ since: next }) }}
          onClose={() => onChange({ open: null })}
        />
      )}
    </>
  );
}

"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import type { Unit } from "@/lib/metrics/definition";
import { isDefined, type Value } from "@/lib/metrics/value";
import { numberText, reasonText } from "@/lib/metrics/value-text";
import type { Trend } from "./sparkline";

// The chart library is the heaviest thing on the page and nothing waits for it.
const Sparkline = dynamic(() => import("./sparkline"), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** A number over eight quarters: drawn for the eye, listed for everybody else, each quarter one click away. */
export function TrendChart({
  name,
  series,
  unit,
  currency,
  onQuarter,
}: {
  name: string;
  series: readonly { quarter: string; value: Value }[];
  unit: Unit;
  currency: string;
  onQuarter(quarter: string): void;
}) {
  const [pointed, setPointed] = useState<number | null>(null);
  const trend: Trend = series.map(({ quarter, value }) => ({
    quarter,
    value: isDefined(value) ? value : null,
  }));
  const said = (value: Value) => (isDefined(value) ? numberText(value, unit, currency) : "—");
  const shown = pointed === null ? null : series[pointed];
  return (
    <figure className="min-w-0">
      <div className="relative aspect-[320/76] [&_.recharts-wrapper]:!h-full [&_.recharts-wrapper]:!w-full [&_svg]:!h-full [&_svg]:!w-full">
        <div aria-hidden="true" className="absolute inset-0">
          {trend.some(({ value }) => value !== null) ? (
            <Sparkline trend={trend} bars={unit === "money"} />
          ) : (
            <div className="h-full border-line-strong border-b border-dashed" />
          )}
        </div>
        <div
          aria-hidden="true"
          className="absolute inset-0 grid grid-cols-8 print:hidden"
          onPointerLeave={() => setPointed(null)}
        >
          {series.map(({ quarter, value }, at) => (
            <button
              key={quarter}
              type="button"
              tabIndex={-1}
              title={`${quarter}: ${isDefined(value) ? said(value) : reasonText(value)}`}
              onPointerEnter={() => setPointed(at)}
              onClick={() => onQuarter(quarter)}
              className="rounded-sm hover:bg-ink/5"
            />
          ))}
        </div>
      </div>
      <figcaption className="tabular flex justify-between gap-2 text-2xs text-ink-3">
        <span className="sr-only">
          {name} by quarter: {series.map(({ quarter, value }) => `${quarter} ${said(value)}`).join(", ")}
        </span>
        <span aria-hidden="true">{series[0]?.quarter}</span>
        {shown && (
          <span aria-hidden="true" className="font-medium text-ink-2">
            {shown.quarter}: {said(shown.value)}
          </span>
        )}
        <span aria-hidden="true">{series.at(-1)?.quarter}</span>
      </figcaption>
    </figure>
  );
}

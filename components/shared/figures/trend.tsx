"use client";

import { useState } from "react";
import { Tooltip } from "@/components/ui/tooltip";
import type { Unit } from "@/lib/metrics/definition";
import { isDefined, type Value } from "@/lib/metrics/value";
import { numberText, reasonText } from "@/lib/metrics/value-text";
import { Sparkline, type Trend } from "./sparkline";

/** A number over eight quarters, from zero: drawn for the eye, listed for everybody else, each quarter one click away. */
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
    period: quarter,
    value: isDefined(value) ? value : null,
  }));
  const said = (value: Value) => (isDefined(value) ? numberText(value, unit, currency) : "—");
  const shown = pointed === null ? null : series[pointed];
  const known = trend.flatMap(({ value }) => value ?? []);
  const top = Math.max(0, ...known);
  return (
    <figure className="min-w-0">
      <div className="relative aspect-[320/76] border-line border-b [&_svg]:size-full">
        <div aria-hidden="true" className="absolute inset-0">
          {known.length > 0 && <Sparkline trend={trend} bars={unit === "money"} />}
        </div>
        {known.length > 0 && (
          <span
            aria-hidden="true"
            className="tabular absolute top-0 left-0 bg-canvas/80 pr-1 text-2xs text-ink-3 leading-3"
          >
            {numberText(top, unit, currency)}
          </span>
        )}
        <Quarters series={series} said={said} onPoint={setPointed} onQuarter={onQuarter} />
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

/** One column a quarter over the drawing: what it was, a dash on the ground where it does not exist, a way to it. */
function Quarters({
  series,
  said,
  onPoint,
  onQuarter,
}: {
  series: readonly { quarter: string; value: Value }[];
  said(value: Value): string;
  onPoint(at: number | null): void;
  onQuarter(quarter: string): void;
}) {
  return (
    <div
      aria-hidden="true"
      className="absolute inset-0 grid grid-cols-8"
      onPointerLeave={() => onPoint(null)}
    >
      {series.map(({ quarter, value }, at) => (
        <Tooltip key={quarter} text={`${quarter}: ${isDefined(value) ? said(value) : reasonText(value)}`}>
          <button
            type="button"
            tabIndex={-1}
            onPointerEnter={() => onPoint(at)}
            onClick={() => onQuarter(quarter)}
            className="flex cursor-pointer items-end justify-center rounded-sm text-2xs text-ink-3 leading-3 hover:bg-ink/5"
          >
            {!isDefined(value) && "–"}
          </button>
        </Tooltip>
      ))}
    </div>
  );
}

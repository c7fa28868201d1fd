"use client";

import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { numberText } from "@/lib/metrics/value-text";

const TICK = { fill: "var(--ink-3)", fontSize: 11 };

/** Eight quarters of a metric's headline figure with their scale, over the band it is held against where it has one. */
export default function MetricChart({
  metric,
  figure,
  currency,
}: {
  metric: MetricReport;
  figure: FigureReport;
  currency: string;
}) {
  const said = (value: number) => numberText(value, figure.unit, currency);
  const data = metric.series.map(({ quarter, value }) => ({
    quarter,
    value: isDefined(value) ? value : null,
  }));
  const band = figure.benchmark;
  return (
    <ResponsiveContainer width="100%" height={168}>
      <BarChart data={data} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        {band && (
          <ReferenceArea
            y1={band.low}
            y2={band.high}
            fill="var(--accent)"
            fillOpacity={0.14}
            ifOverflow="hidden"
          />
        )}
        <XAxis dataKey="quarter" tick={TICK} tickLine={false} axisLine={{ stroke: "var(--line-strong)" }} />
        <YAxis tick={TICK} tickLine={false} axisLine={false} width={76} tickFormatter={said} />
        <Tooltip
          cursor={{ fill: "var(--ink)", fillOpacity: 0.05 }}
          isAnimationActive={false}
          content={({ active, payload, label }) => {
            const value = payload?.[0]?.value;
            if (!active || typeof value !== "number") return null;
            return (
              <p className="tabular rounded-md border border-line bg-raised px-2 py-1 text-xs shadow-overlay">
                <span className="text-ink-2">{label}</span> <strong>{said(value)}</strong>
              </p>
            );
          }}
        />
        <Bar dataKey="value" isAnimationActive={false} minPointSize={1} radius={[2, 2, 0, 0]} maxBarSize={36}>
          {data.map(({ quarter }, at) => (
            <Cell
              key={quarter}
              fill={at === data.length - 1 ? "var(--accent)" : "var(--line-control)"}
              fillOpacity={at === data.length - 1 ? 1 : 0.55}
            />
          ))}
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

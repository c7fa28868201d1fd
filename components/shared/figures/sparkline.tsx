"use client";

import { Bar, BarChart, Line, LineChart, YAxis } from "recharts";

/** Oldest first; null where the number is undefined. */
export type Trend = readonly { quarter: string; value: number | null }[];

/**
 * Drawn at one size and scaled by its view box, so that it prints at whatever width the paper gives: a
 * responsive container measures the screen and comes out empty or cut.
 */
const SIZE = { width: 320, height: 76, margin: { top: 6, right: 2, bottom: 2, left: 2 } };
/** Half the plot's eighth, so that a line's points stand above the columns one hovers. */
const INSET = { left: 20, right: 20 };

/** From zero, as bars are: a fall to the floor is a fall to nothing. */
function domainOf(trend: Trend): [number, number] {
  const values = trend.flatMap(({ value }) => value ?? []);
  return [Math.min(0, ...values), Math.max(0, ...values)];
}

interface Point {
  cx?: number;
  cy?: number;
  index?: number;
  value?: number | null;
}

/** Eight quarters of one number: bars for a sum, a broken line for what can be undefined in between. */
export default function Sparkline({ trend, bars }: { trend: Trend; bars: boolean }) {
  const data = trend.map(({ quarter, value }) => ({ quarter, value }));
  const last = data.length - 1;
  if (bars) {
    return (
      <BarChart {...SIZE} data={data} barCategoryGap="18%" accessibilityLayer={false}>
        <YAxis hide domain={domainOf(trend)} />
        <Bar
          dataKey="value"
          isAnimationActive={false}
          minPointSize={1}
          shape={({ x, y, width, height, index }: BarShape) => (
            <rect
              x={x}
              y={y}
              width={width}
              height={Math.max(0, height ?? 0)}
              rx={1.5}
              fill={index === last ? "var(--accent)" : "var(--line-control)"}
              fillOpacity={index === last ? 1 : 0.55}
            />
          )}
        />
      </BarChart>
    );
  }
  return (
    <LineChart {...SIZE} margin={{ ...SIZE.margin, ...INSET }} data={data} accessibilityLayer={false}>
      <YAxis hide domain={domainOf(trend)} />
      <Line
        dataKey="value"
        type="linear"
        stroke="var(--line-control)"
        strokeWidth={1.5}
        isAnimationActive={false}
        connectNulls={false}
        dot={({ cx, cy, index, value }: Point) =>
          value === null || cx === undefined || cy === undefined ? (
            <g key={index} />
          ) : (
            <circle
              key={index}
              cx={cx}
              cy={cy}
              r={index === last ? 4 : 2.2}
              fill={index === last ? "var(--accent)" : "var(--line-control)"}
            />
          )
        }
      />
    </LineChart>
  );
}

interface BarShape {
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  index?: number;
}

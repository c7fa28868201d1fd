/** By quarter or week, oldest first; null where the number is undefined. */
export type Trend = readonly { period: string; value: number | null }[];

/** Drawn at one size and scaled by its view box, so that it prints at whatever width the paper gives. */
const WIDTH = 320;
const HEIGHT = 76;
const TOP = 6;
const GROUND = 74;

/**
 * One number over quarters or weeks, each in the middle of its column: bars for a sum, a broken line for what can
 * be undefined in between. From zero, as bars are: a fall to the floor is a fall to nothing. No chart library:
 * this is seen before anybody asked for a chart, and weighs on every opening of the page.
 */
export function Sparkline({ trend, bars }: { trend: Trend; bars: boolean }) {
  const values = trend.flatMap(({ value }) => value ?? []);
  const low = Math.min(0, ...values);
  const span = Math.max(0, ...values) - low || 1;
  const column = WIDTH / trend.length;
  const points = trend.map(({ period, value }, at) => ({
    period,
    x: (at + 0.5) * column,
    y: value === null ? null : GROUND - ((value - low) / span) * (GROUND - TOP),
    isLast: at === trend.length - 1,
  }));
  const zero = GROUND + (low / span) * (GROUND - TOP);
  const known = points.filter((point): point is Known => point.y !== null);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" preserveAspectRatio="none">
      {bars ? (
        known.map(({ period, x, y, isLast }) => (
          <rect
            key={period}
            x={x - column * 0.41}
            y={Math.min(y, zero - 1)}
            width={column * 0.82}
            height={Math.max(1, Math.abs(zero - y))}
            rx={1.5}
            fill={isLast ? "var(--accent)" : "var(--line-control)"}
            fillOpacity={isLast ? 1 : 0.55}
          />
        ))
      ) : (
        <>
          <path d={brokenLine(points)} fill="none" stroke="var(--line-control)" strokeWidth={1.5} />
          {known.map(({ period, x, y, isLast }) => (
            <circle
              key={period}
              cx={x}
              cy={y}
              r={isLast ? 4 : 2.2}
              fill={isLast ? "var(--accent)" : "var(--line-control)"}
            />
          ))}
        </>
      )}
    </svg>
  );
}

interface Known {
  period: string;
  x: number;
  y: number;
  isLast: boolean;
}

/** A stroke between neighbours that both exist: what is missing is not bridged. */
function brokenLine(points: readonly { x: number; y: number | null }[]): string {
  return points
    .flatMap(({ x, y }, at) =>
      y === null ? [] : `${(points[at - 1]?.y ?? null) === null ? "M" : "L"}${x} ${y}`,
    )
    .join("");
}

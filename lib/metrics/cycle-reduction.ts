import { define } from "./definition";
import { isCreditedCycle, isDirectCycle, isWinWithoutCycle } from "./predicates";
import type { Sheet } from "./sheet";
import { type Interval, MedianBootstrap, medianInterval, medianOf, percentiles } from "./statistics";
import { both, isDefined, ratio, type Value } from "./value";
import { days } from "./written";

type CyclePart = "direct" | "credited" | "matchedDirect" | "matchedCredited" | "leftOut";

/** A median of whole days is whole or a half. */
const HALVES = 2;

const medianDays = (q: Sheet<CyclePart>, part: "direct" | "credited"): Value =>
  q.count(part) > 0
    ? medianOf(q.days(part))
    : { undefined: part === "direct" ? "no_direct_cycle" : "no_credited_cycle" };

const rawDays = (q: Sheet<CyclePart>) =>
  both(medianDays(q, "direct"), medianDays(q, "credited"), (direct, credited) => direct - credited);

/** Cells with deals on both sides, in a fixed order so that a sum over them is the same whatever came first. */
function matchedCells(q: Sheet<CyclePart>) {
  const credited = q.daysByCell("matchedCredited");
  return [...q.daysByCell("matchedDirect")]
    .map(([cell, direct]) => ({ cell, direct, credited: credited.get(cell) as Float64Array }))
    .sort((a, b) => (a.cell < b.cell ? -1 : 1));
}

function matchedDays(q: Sheet<CyclePart>): Value {
  let weighted = 0;
  for (const { direct, credited } of matchedCells(q))
    weighted += (medianOf(direct) - medianOf(credited)) * credited.length;
  return ratio(weighted, q.count("matchedCredited"), "no_matched_cells");
}

/** Bootstrap interval of the direct median less the credited one, or of that as a share of the direct one. */
function differenceInterval(q: Sheet<CyclePart>, asShare: boolean): Interval | null {
  if (q.count("direct") < 2 || q.count("credited") < 2) return null;
  const bootstrap = new MedianBootstrap();
  const direct = bootstrap.draw(q.days("direct"));
  const credited = bootstrap.draw(q.days("credited"));
  return percentiles(direct.map((days, at) => (days - (credited[at] as number)) / (asShare ? days : 1)));
}

function matchedInterval(q: Sheet<CyclePart>): Interval | null {
  const deals = q.count("matchedCredited");
  if (deals < 2) return null;
  const bootstrap = new MedianBootstrap();
  let total: Float64Array | null = null;
  for (const cell of matchedCells(q)) {
    const direct = bootstrap.draw(cell.direct);
    const credited = bootstrap.draw(cell.credited);
    const weight = cell.credited.length / deals;
    const sum: Float64Array = total ?? new Float64Array(direct.length);
    total = sum.map((value, at) => value + weight * ((direct[at] as number) - (credited[at] as number)));
  }
  return total && percentiles(total);
}

export const cycleReduction = define({
  name: "Cycle reduction",
  formula:
    "Median days from created to won of direct deals won in the quarter, less that of credited ones, in days and as a share of the direct median; beside it the matched difference: the same in each cell of deal type × currency × amount band with won deals on both sides, weighted by the cell's credited deals",
  source: "domain.md §7 metric 3; [1]",
  owner: "cro",
  version: 1,
  parts: {
    direct: {
      name: "Direct, won",
      population: "closed",
      keeps: isDirectCycle,
    },
    credited: {
      name: "Credited, won",
      population: "closed",
      keeps: isCreditedCycle,
    },
    matchedDirect: {
      name: "Direct, won, matched",
      population: "closed",
      keeps: isDirectCycle,
      matchedWith: "credited",
    },
    matchedCredited: {
      name: "Credited, won, matched",
      population: "closed",
      keeps: isCreditedCycle,
      matchedWith: "direct",
    },
    leftOut: {
      name: "Won, closed before created",
      population: "closed",
      keeps: isWinWithoutCycle,
    },
  },
  figures: {
    days: {
      name: "Days saved",
      unit: "days",
      opens: ["direct", "credited"],
      adds: "days",
      value: rawDays,
      written: (q) => [
        days("direct median", medianDays(q, "direct")),
        "−",
        days("credited median", medianDays(q, "credited")),
      ],
      wholes: () => HALVES,
      interval: (q) => differenceInterval(q, false),
    },
    percent: {
      name: "Share of the direct cycle saved",
      unit: "share",
      opens: ["direct", "credited"],
      adds: "days",
      value: (q) => ratio(rawDays(q), medianDays(q, "direct"), "zero_direct_median"),
      written: (q) => [days("days saved", rawDays(q)), "÷", days("direct median", medianDays(q, "direct"))],
      interval: (q) => differenceInterval(q, true),
    },
    direct: {
      name: "Direct median cycle",
      unit: "days",
      opens: ["direct"],
      adds: "days",
      value: (q) => medianDays(q, "direct"),
      wholes: () => HALVES,
      interval: (q) => medianInterval(q.days("direct")),
    },
    directDeals: {
      name: "Direct deals",
      unit: "deals",
      opens: ["direct"],
      adds: "deals",
      value: (q) => q.count("direct"),
    },
    credited: {
      name: "Credited median cycle",
      unit: "days",
      opens: ["credited"],
      adds: "days",
      value: (q) => medianDays(q, "credited"),
      wholes: () => HALVES,
      interval: (q) => medianInterval(q.days("credited")),
    },
    creditedDeals: {
      name: "Credited deals",
      unit: "deals",
      opens: ["credited"],
      adds: "deals",
      value: (q) => q.count("credited"),
    },
    matchedDays: {
      name: "Days saved, matched",
      unit: "days",
      opens: ["matchedDirect", "matchedCredited"],
      adds: "days",
      value: matchedDays,
      wholes: (q) => HALVES * q.count("matchedCredited"),
      interval: matchedInterval,
    },
    matchedDeals: {
      name: "Credited deals matched",
      unit: "deals",
      opens: ["matchedCredited"],
      adds: "deals",
      value: (q) => q.count("matchedCredited"),
    },
    leftOut: {
      name: "Left out: closed before created",
      unit: "deals",
      opens: ["leftOut"],
      adds: "deals",
      value: (q) => q.count("leftOut"),
    },
  },
  headline: "days",
  benchmarks: [{ figure: "percent", low: 0.25, high: 0.4, words: "25-40 % faster" }],
  sides: ["credited", "direct"],
  notes: (q) => {
    const raw = rawDays(q);
    const matched = matchedDays(q);
    const disagree = isDefined(raw) && isDefined(matched) && raw * matched < 0;
    return [
      ...(q.count("leftOut") > 0
        ? [{ note: "closed_before_created", deals: q.count("leftOut") } as const]
        : []),
      ...(disagree ? [{ note: "matched_disagrees", raw, matched } as const] : []),
    ];
  },
});

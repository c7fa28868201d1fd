import { type Line, type Part, timesOf } from "./figures";

/** How the lines of the classification end: with the whole explanation, or outcomes alone, in columns. */
export const EXPLAINED = "explained";
export const IN_BULK = "in bulk";

export const FIRST_PROGRESS = "its first progress, then cancelled";

/** How the lines of the browser end: of a page, of what a key opens, of its slowest interaction. */
export const LCP = "largest paint";
export const OPENED = "first opening";
export const INP = "slowest interaction";

/** Whether a line keeps to what is asked of it. */
export type Judgement = Line["goals"][number];

/** What is asked of a part's lines, or of one by name. */
export interface Goal {
  part: Part;
  only?: string;
  /** Every line whose name ends so. */
  every?: string;
  /** Undefined where the run cannot tell, as growth from one size. */
  judge(line: Line): Judgement | undefined;
}

const growsBy = (most: number) => (line: Line) =>
  line.growth === null
    ? undefined
    : { words: `≤ ${most} × its time at the smallest`, met: line.growth <= most };

const atMost = (most: number, unit: string) => (line: Line) => ({
  words: `≤ ${most} ${unit}`,
  met: line.figures.every(({ value }) => value <= most),
});

/** Against its floor, at the largest size. */
const isFasterBy = (times: number) => (line: Line) => {
  const largest = line.figures.at(-1)!;
  return { words: `≥ ${times} × faster than its floor`, met: timesOf(largest) <= 1 / times };
};
const isLaterBy = (most: number) => (line: Line) => ({
  words: `within ${most} ms of the second`,
  met: line.figures.every(({ value, floor }) => !!floor && value - floor.value <= most),
});
const takesAtMost = (times: number) => (line: Line) => ({
  words: `≤ ${times} × its floor`,
  met: line.figures.every((figure) => timesOf(figure) <= times),
});

/** What 19 of 20 requests under load keep to. */
export const P95 = "19 of 20 answered within";

/** Judging every deal anew, beside copying out and in. */
export const JUDGED = "judge every deal";

/** Files that land, by how many of their rows are at fault; and what of it is measured. */
export const CLEAN = "clean files";
export const BAD = "one row in twenty bad";
export const ALL_BAD = "every row bad";
export const APART = "judging apart";
export const OF_TEXT = "beside text";
export const WHOLE = "judged";
export const PEAK = "most memory held";

/** What the product is held to at a million deals. */
export const GOALS: readonly Goal[] = [
  { part: "peers", judge: isFasterBy(20) },
  { part: "classify", every: EXPLAINED, judge: isFasterBy(5) },
  { part: "classify", every: IN_BULK, judge: isFasterBy(25) },
  { part: "dashboard", judge: growsBy(2.5) },
  { part: "dashboard", only: "numbers of the quarter under way", judge: isFasterBy(50) },
  { part: "lists", judge: growsBy(2.5) },
  { part: "load", only: P95, judge: atMost(150, "ms") },
  { part: "deal", judge: growsBy(1.3) },
  { part: "deal", only: "rehearse tagging", judge: atMost(100, "ms") },
  { part: "deal", only: "rehearse logging", judge: atMost(100, "ms") },
  { part: "lens", judge: atMost(1_000, "ms") },
  { part: "judging", only: JUDGED, judge: takesAtMost(1) },
  { part: "backtest", only: "triple_tier over eight quarters", judge: takesAtMost(0.5) },
  { part: "backtest", only: FIRST_PROGRESS, judge: atMost(1_000, "ms") },
  { part: "import", only: `${CLEAN}, ${APART}`, judge: takesAtMost(2) },
  { part: "import", only: `${BAD}, ${APART}`, judge: takesAtMost(3) },
  { part: "import", only: `${ALL_BAD}, ${APART}`, judge: takesAtMost(1) },
  { part: "import", only: PEAK, judge: growsBy(1.3) },
  { part: "browser", every: LCP, judge: atMost(1_800, "ms") },
  { part: "browser", every: INP, judge: atMost(100, "ms") },
  { part: "browser", every: OPENED, judge: isLaterBy(50) },
  { part: "writing", only: "round trips of a tag", judge: atMost(8, "round trips") },
  { part: "writing", only: "tag 50 deals at once", judge: takesAtMost(3) },
];

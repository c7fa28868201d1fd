import { decimal, percent } from "../text/numbers";
import { plural } from "../text/words";
import { ENOUGH_A_SIDE, type Unit } from "./definition";
import type { Comparison, LiftMeasure } from "./lift";
import type { Compared } from "./matched";
import { OTHER_NUMBERS } from "./other-numbers";
import { isDefined } from "./value";
import { wholeMoney } from "./value-text";

/** What a comparison comes to: its interval on one side of zero, or around it, or nothing that one could say. */
export type Stand = "more" | "less" | "level" | "too_few" | "undefined";

export function standOf({ difference, low, high, ...sides }: Compared): Stand {
  if (!isDefined(difference) || low === null || high === null) return "undefined";
  if (sides.with.deals < ENOUGH_A_SIDE || sides.without.deals < ENOUGH_A_SIDE) return "too_few";
  return low > 0 ? "more" : high < 0 ? "less" : "level";
}

const { winRate, cycleDays, dealSize } = OTHER_NUMBERS.lift.figures;

export const MEASURE_WORDS: Readonly<
  Record<LiftMeasure, { label: string; unit: Unit; more: string; less: string; none: string }>
> = {
  winRate: {
    ...{ label: winRate.name, unit: winRate.unit },
    ...{ more: "are won more often", less: "are won less often", none: "are not told apart by how often" },
  },
  cycleDays: {
    ...{ label: cycleDays.name, unit: cycleDays.unit },
    ...{ more: "take longer", less: "are won sooner", none: "are not told apart by how soon" },
  },
  dealSize: {
    ...{ label: dealSize.name, unit: dealSize.unit },
    ...{ more: "are larger", less: "are smaller", none: "are not told apart by size" },
  },
};

/** A difference with its sign, in the unit that people count it in: `+12.0 pts`, `−9.5 days`, `+USD 1,200`. */
export function differenceText(difference: number, unit: Unit, currency: string): string {
  const size = Math.abs(difference);
  const text = sizeText(size, unit, currency);
  const isZero = !/[1-9]/.test(text);
  return `${isZero ? "" : difference < 0 ? "−" : "+"}${text}`;
}

function sizeText(size: number, unit: Unit, currency: string): string {
  if (unit === "money") return wholeMoney(size, currency);
  if (unit === "share") return `${decimal(size * 100, 1)} pts`;
  return `${decimal(size, Number.isInteger(size) ? 0 : 1)} ${plural(size, "day")}`;
}

/** `+4.1 to +19.8 pts`: both ends with their signs, since one may be below zero and one above. */
export function spanText(low: number, high: number, unit: Unit, currency: string): string {
  const from = differenceText(low, unit, currency).replace(/ (pts|days?)$/, "");
  return `${from} to ${differenceText(high, unit, currency)}`;
}

/** How a placebo reads: what chance alone, with the same deals, comes to. */
export const placeboText = (placebo: number): string =>
  placebo === 0 ? "under 0.1 %" : percent(placebo, placebo < 0.1 ? 1 : 0);

/**
 * What the two comparisons of a measure say together, in a sentence or two; where they do not say the same, so. The
 * landmark's word counts: by outcome, a tag that followed the win is counted for it.
 */
export function verdict(measure: LiftMeasure, both: Readonly<Record<Comparison, Compared>>): string {
  const { more, less, none } = MEASURE_WORDS[measure];
  const [plain, landmark] = [standOf(both.plain), standOf(both.landmark)];
  if (landmark === "too_few" || landmark === "undefined")
    return "From the landmark on there are too few deals to tell.";
  const says = { more, less, level: `${none}: chance alone would do as much` }[landmark];
  const first = `From the landmark on, deals with a partner ${says}.`;
  if (plain === "too_few" || plain === "undefined")
    return `${first} By outcome there are too few deals to tell.`;
  if (plain === landmark) return `${first} By outcome as well.`;
  const other = { more, less, level: none }[plain];
  const why =
    plain === "level"
      ? ""
      : " A partner written down only once a deal looked decided may do that: trust the landmark.";
  return `${first} The two disagree: by outcome they ${other}.${why}`;
}

/** The two confirmed shares, said where they stand apart: then a rate by outcome compares those who were asked. */
export function confirmedVerdict(won: number | null, lost: number | null): string | null {
  if (won === null || lost === null || Math.abs(won - lost) < 0.1) return null;
  return won > lost
    ? "Won deals are confirmed more often than lost ones, so a comparison by outcome flatters partners."
    : "Lost deals are confirmed more often than won ones, so a comparison by outcome is hard on partners.";
}

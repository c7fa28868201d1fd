import type { Day } from "../attribution/facts";
import { daysBetween, type Quarter } from "../calendar";
import { shareOf } from "../money";

/** How a quarter stands beside its target (domain.md §7 targets); amounts in the reporting currency's minor units. */
export interface Pace {
  /** What is still to be won; 0 once the target is reached. */
  missing: number;
  /** What would be won by now at an even pace, rounded once, half up; the target itself once the quarter is over. */
  expected: number;
  /** Won less expected: below zero is behind. */
  ahead: number;
  /** Open pipeline ÷ what is missing, never rounded; null once nothing is missing. */
  coverage: number | null;
}

export function paceOf(
  { target, won, open }: { target: number; won: number; open: number },
  { from, to }: Pick<Quarter, "from" | "to">,
  today: Day,
): Pace {
  const days = daysBetween(from, to) + 1;
  // Today counts: on its first day one day of the quarter has gone.
  const gone = Math.min(Math.max(daysBetween(from, today) + 1, 0), days);
  const expected = shareOf(target, gone, days);
  const missing = Math.max(target - won, 0);
  return { missing, expected, ahead: won - expected, coverage: missing === 0 ? null : open / missing };
}

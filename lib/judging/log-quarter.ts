import type { Day } from "@/lib/attribution/facts";
import { type FiscalYear, quarterOf, shiftQuarter } from "@/lib/calendar";

/**
 * In which quarter's log a case of a day lies, by label: the day's own, or, where that is frozen and its log
 * closed with it, the first one after it that is not: the quarter under review (§8.7).
 */
export function logQuarters(year: FiscalYear | undefined, frozen: readonly string[]): (day: Day) => string {
  return (day) => {
    let quarter = quarterOf(day, year);
    while (frozen.includes(quarter.label)) quarter = shiftQuarter(quarter, 1);
    return quarter.label;
  };
}

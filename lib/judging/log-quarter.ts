import { sql } from "drizzle-orm";
import type { Day } from "@/lib/attribution/facts";
import { CALENDAR_YEAR, type FiscalYear, quarterOf, shiftQuarter } from "@/lib/calendar";
import type { LoadedDeal } from "./facts";

/**
 * In which quarter's log a case of a day lies, by label: the day's own, or, where that is frozen and its log
 * closed with it, the first one after it that is not: the quarter under review (§8.7).
 */
export function logQuarters(
  year: FiscalYear = CALENDAR_YEAR,
  frozen: readonly string[] = [],
): (day: Day) => string {
  return (day) => {
    let quarter = quarterOf(day, year);
    while (frozen.includes(quarter.label)) quarter = shiftQuarter(quarter, 1, year);
    return quarter.label;
  };
}

/** The branch of the deals' loading that brings, with one of them, the fiscal year and what is frozen. */
export const companyCalendar = (dealIds: readonly string[]) => sql`
  (select 'calendar', d.id, fiscal_first_month::text, fiscal_named_by, fiscal_ends_on,
      (select string_agg(quarter, ' ') from sealed_quarters), null, null from settings, deals d
    where d.id = any(${sql.param(dealIds)}::text[]) limit 1)`;

/** What that branch brought: the calendar year, until the company says otherwise. */
export function calendarIn(loaded: readonly Pick<LoadedDeal, "more">[]): {
  year: FiscalYear;
  frozen: readonly string[];
} {
  for (const { more } of loaded)
    for (const { kind, a: month, b: namedBy, c: endsOn, d: frozen } of more)
      if (kind === "calendar")
        return {
          year: { firstMonth: Number(month), namedBy, endsOn } as FiscalYear,
          frozen: frozen?.split(" ") ?? [],
        };
  return { year: CALENDAR_YEAR, frozen: [] };
}

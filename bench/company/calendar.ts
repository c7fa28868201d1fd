import { CALENDAR_YEAR, previousQuarter, type Quarter, quarterOf } from "@/lib/calendar";

/** The quarter so many before that of today. */
export function quarterBack(today: string, quarters: number): Quarter {
  let quarter = quarterOf(today);
  for (let at = 0; at < quarters; at++) quarter = previousQuarter(quarter, CALENDAR_YEAR);
  return quarter;
}

export function quarterBefore({ today }: { today: string }, quarters: number): string {
  return quarterBack(today, quarters).label;
}

/** The one that is frozen when the company is made. */
export function frozenQuarter(company: { today: string }): string {
  return quarterBefore(company, 3);
}

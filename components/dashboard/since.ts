import type { Inputs } from "@/lib/api/client";
import { addDays, daysBetween, type FiscalYear, parseQuarter, previousQuarter } from "@/lib/calendar";

export type LookAsked = NonNullable<Inputs["numbers"]>["look"];

/** Since when a number is asked why it moved; a day stands for itself. */
export const SINCE = [
  { value: "week", label: "A week before" },
  { value: "quarter", label: "The start of the quarter" },
  { value: "prior", label: "The same day of the quarter before" },
] as const;

/** The day at whose end one begins to look. */
export function sinceDay(
  since: string,
  {
    quarter,
    to,
    fiscalYear,
  }: { quarter: { label: string; from: string; to: string }; to: string; fiscalYear: FiscalYear },
): string {
  const before = (day: string) => (day < to ? day : to);
  if (since === "week") return addDays(to, -7);
  if (since === "prior") {
    const prior = previousQuarter(parseQuarter(quarter.label, fiscalYear), fiscalYear);
    const day = addDays(
      prior.from,
      Math.max(0, daysBetween(quarter.from, to < quarter.to ? to : quarter.to)),
    );
    return before(day < prior.to ? day : prior.to);
  }
  return before(since === "quarter" ? addDays(quarter.from, -1) : since);
}

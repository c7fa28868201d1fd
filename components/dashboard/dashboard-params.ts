import { parseAsBoolean, parseAsString } from "nuqs/server";

/** What the address of the dashboard may say. */
export const DASHBOARD_PARAMS = {
  /** `YYYY-Qn`; today's when absent. */
  quarter: parseAsString,
  /** Whether the prior quarter and the year before stand beside each figure. */
  compare: parseAsBoolean.withDefault(false),
};

/** The list of exactly the deals that a part of a number is made of. */
export function dealsOfPart(quarter: string, number: string, part: string): string {
  return `/deals?${new URLSearchParams({ quarter, number, part, scope: "all" })}`;
}

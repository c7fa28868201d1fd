import { parseAsBoolean, parseAsString } from "nuqs/server";

/** What the address of the dashboard may say. */
export const DASHBOARD_PARAMS = {
  /** `YYYY-Qn`; today's when absent. */
  quarter: parseAsString,
  /** Whether the prior quarter and the year before stand beside each figure. */
  compare: parseAsBoolean.withDefault(false),
};

/** The list of exactly the deals that parts of a number are made of; a deal of two parts stands in it once. */
export function dealsOfParts(quarter: string, number: string, parts: readonly string[]): string {
  return `/deals?${new URLSearchParams({ quarter, number, part: parts.join(","), scope: "all" })}`;
}

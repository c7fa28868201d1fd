import { parseAsBoolean, parseAsString } from "nuqs/server";

/** What the address of the dashboard may say. */
export const DASHBOARD_PARAMS = {
  /** `YYYY-Qn`; today's when absent. */
  quarter: parseAsString,
  /** The number whose details stand beside the page. */
  open: parseAsString,
  /** Whether the prior quarter and the year before stand beside each figure. */
  compare: parseAsBoolean.withDefault(false),
};

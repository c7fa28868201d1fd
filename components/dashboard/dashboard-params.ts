import { type inferParserType, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { LOOK_PARAMS, lookAsked } from "@/components/shared/look/look-params";

/** What the address of the dashboard may say. */
export const DASHBOARD_PARAMS = {
  /** `YYYY-Qn`; today's when absent. */
  quarter: parseAsString,
  /** The number whose details stand beside the page. */
  open: parseAsString,
  /** Whether the prior quarter and the year before stand beside each figure. */
  compare: parseAsBoolean.withDefault(false),
  /** Who stands ranked beside the page. */
  rank: parseAsStringLiteral(["partner", "owner"]),
  /** Since when a number is asked why it moved: `quarter`, `week`, `prior`, or a day. */
  since: parseAsString.withDefault("week"),
  ...LOOK_PARAMS,
};

export type DashboardParams = inferParserType<typeof DASHBOARD_PARAMS>;

/** What is asked of the server for an address. */
export const numbersAsked = (params: DashboardParams) => ({
  ...(params.quarter && { quarter: params.quarter }),
  ...lookAsked(params),
});

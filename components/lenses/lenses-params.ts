import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { MODELS, OUTCOMES } from "@/lib/attribution/vocabulary";

/** What the address of the lenses may say: which quarter, and which cell is open. */
export const LENSES_PARAMS = {
  /** `YYYY-Qn`; all time when absent. */
  quarter: parseAsString,
  model: parseAsStringLiteral(MODELS),
  outcome: parseAsStringLiteral(OUTCOMES),
};

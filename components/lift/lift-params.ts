import {
  type inferParserType,
  parseAsBoolean,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { LOOK_PARAMS, lookAsked } from "@/components/shared/look/look-params";
import { MODELS } from "@/lib/attribution/vocabulary";

/** The stages that a landmark can be at: before the sale is made. */
export const LANDMARKS = [1, 2, 3, 4, 5] as const;

const { asOf: _asOf, ...LIFT_LOOK } = LOOK_PARAMS;

/** What the address of Attached vs direct says: the cohort, and how it is compared. */
export const LIFT_PARAMS = {
  /** Closed on or after this day; from the first when absent. */
  from: parseAsString,
  /** Closed on or before this day; to today when absent. */
  to: parseAsString,
  stage: parseAsNumberLiteral(LANDMARKS).withDefault(2),
  matched: parseAsBoolean.withDefault(true),
  model: parseAsStringLiteral(MODELS),
  /** The figure whose deals stand beside the page: `winRate.plain.with`. */
  deals: parseAsString,
  ...LIFT_LOOK,
};

/** What is asked of the server for an address. */
export function liftQuestion({
  from,
  to,
  stage,
  matched,
  model,
  ...look
}: Omit<inferParserType<typeof LIFT_PARAMS>, "deals">) {
  const { asOf: _now, ...narrowed } = lookAsked({ ...look, asOf: null }).look ?? {};
  return {
    ...(Object.keys(narrowed).length > 0 && { look: narrowed }),
    stage,
    matched,
    ...(from && { from }),
    ...(to && { to }),
    ...(model && { model }),
  };
}

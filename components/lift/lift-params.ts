import { parseAsBoolean, parseAsNumberLiteral, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { MODELS } from "@/lib/attribution/vocabulary";

/** The stages that a landmark can be at: before the sale is made. */
export const LANDMARKS = [1, 2, 3, 4, 5] as const;

/** What the address of Attached vs direct says: the cohort, and how it is compared. */
export const LIFT_PARAMS = {
  /** Closed on or after this day; from the first when absent. */
  from: parseAsString,
  /** Closed on or before this day; to today when absent. */
  to: parseAsString,
  stage: parseAsNumberLiteral(LANDMARKS).withDefault(2),
  matched: parseAsBoolean.withDefault(true),
  model: parseAsStringLiteral(MODELS),
};

/** What is asked of the server for an address. */
export function liftQuestion({
  from,
  to,
  stage,
  matched,
  model,
}: {
  from: string | null;
  to: string | null;
  stage: (typeof LANDMARKS)[number];
  matched: boolean;
  model: (typeof MODELS)[number] | null;
}) {
  return { stage, matched, ...(from && { from }), ...(to && { to }), ...(model && { model }) };
}

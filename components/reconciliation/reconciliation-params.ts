import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs, Outputs } from "@/lib/api/client";
import { FINDINGS } from "@/lib/attribution/reconciliation";

export type Answer = Outputs["reconciliation"];
export type Line = Answer["rows"][number];

/** What to show: what is still to decide unless said. */
export const SHOWN = ["undecided", "exception", "stands", "clear", "all"] as const;

/** What the address of a month's reconciliation may say. */
export const RECONCILIATION_PARAMS = {
  /** `YYYY-MM`; the last month while it is open, when absent. */
  month: parseAsString,
  state: parseAsStringLiteral(SHOWN).withDefault("undecided"),
  kind: parseAsStringLiteral(FINDINGS),
  as: parseAsStringLiteral(["won", "lost"] as const),
  /** The deal that is open beside the list. */
  open: parseAsString,
};

type Params = inferParserType<typeof RECONCILIATION_PARAMS>;

/** So many deals come at a time; the next ones as somebody comes near. */
export const PAGE = 200;

/** The month's question for an address. */
export function monthInput({ month, state, kind, as }: Omit<Params, "open">): Inputs["reconciliation"] {
  return {
    ...(month && { month }),
    ...(state !== "all" && { state }),
    ...(kind && { kind }),
    ...(as && { as }),
    limit: PAGE,
  };
}

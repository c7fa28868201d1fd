import { createSerializer, type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "@/lib/api/client";
import { KINDS, STATES } from "./exception-words";

/** What the address of the exceptions log may say. */
export const EXCEPTIONS_PARAMS = {
  /** `YYYY-Qn`; today's when absent. */
  quarter: parseAsString,
  state: parseAsStringLiteral(STATES),
  kind: parseAsStringLiteral(KINDS),
  owner: parseAsString,
  /** The case that is open beside the list. */
  open: parseAsString,
};

type Params = inferParserType<typeof EXCEPTIONS_PARAMS>;

/** The log's question for an address; a quarter's log is read whole, as the query has it. */
export function logInput({ quarter, state, kind, owner }: Params): Inputs["exceptionsList"] {
  return {
    ...(quarter && { quarter }),
    ...(state && { state }),
    ...(kind && { kind }),
    ...(owner && { ownerId: owner }),
  };
}

export const exceptionsAddress = createSerializer(EXCEPTIONS_PARAMS);

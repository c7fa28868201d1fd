import {
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { Inputs } from "@/lib/api/client";
import { KINDS, SIDES, STATES } from "./exception-words";

/** What narrows a log of cases. */
export const LOG_PARAMS = {
  state: parseAsStringLiteral(STATES),
  /** The side that has still to say something. */
  awaits: parseAsStringLiteral(SIDES),
  kind: parseAsStringLiteral(KINDS),
  owner: parseAsString,
  partner: parseAsString,
  /** At least so many whole units at stake. */
  least: parseAsInteger,
};

/** What the address of the exceptions log may say. */
export const EXCEPTIONS_PARAMS = {
  /** `YYYY-Qn`; today's when absent. */
  quarter: parseAsString,
  ...LOG_PARAMS,
  /** The kinds whose cases are shown one by one. */
  unfolded: parseAsArrayOf(parseAsStringLiteral(KINDS)).withDefault([]),
  /** The case that is open beside the list. */
  open: parseAsString,
};

type Params = inferParserType<typeof EXCEPTIONS_PARAMS>;

/** As many as a log shows at once. */
const MOST = 2000;

/** The log's question for an address; a quarter's log is read whole, so that a kind is taken together. */
export function logInput({
  quarter,
  state,
  awaits,
  kind,
  owner,
  partner,
  least,
}: Omit<Params, "open" | "unfolded">): Inputs["exceptionsList"] {
  return {
    ...(quarter && { quarter }),
    ...(state && { state }),
    ...(awaits && { awaits }),
    ...(kind && { kind }),
    ...(owner && { ownerId: owner }),
    ...(partner && { partnerId: partner }),
    ...(least && { least }),
    limit: MOST,
  };
}

export const NO_FILTERS = {
  state: null,
  awaits: null,
  kind: null,
  owner: null,
  partner: null,
  least: null,
} as const;

export function isNarrowed({
  state,
  awaits,
  kind,
  owner,
  partner,
  least,
}: Omit<Params, "open" | "unfolded">) {
  return Boolean(state || awaits || kind || owner || partner || least);
}

export const exceptionsAddress = createSerializer(EXCEPTIONS_PARAMS);

import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "@/lib/api/client";
import { DEAL_TYPES, PARTNER_KINDS, ROUTES } from "@/lib/attribution/vocabulary";

/** What an address says of how a number is looked at: to what it is narrowed, and as of which past day. */
export const LOOK_PARAMS = {
  forOwner: parseAsString,
  forTeam: parseAsString,
  /** Its id. */
  forPartner: parseAsString,
  forKind: parseAsStringLiteral(PARTNER_KINDS),
  forType: parseAsStringLiteral(DEAL_TYPES),
  forRoute: parseAsStringLiteral(ROUTES),
  /** `YYYY-MM-DD`; now when absent. */
  asOf: parseAsString,
};
export type LookParams = inferParserType<typeof LOOK_PARAMS>;

export const NO_LOOK = {
  forOwner: null,
  forTeam: null,
  forPartner: null,
  forKind: null,
  forType: null,
  forRoute: null,
  asOf: null,
} satisfies Record<keyof LookParams, null>;

/** What is asked of the server for an address; nothing where it says nothing. */
export function lookAsked(params: LookParams): Pick<NonNullable<Inputs["numbers"]>, "look"> {
  const { forOwner, forTeam, forPartner, forKind, forType, forRoute, asOf } = params;
  const look = {
    ...(forOwner && { owner: forOwner }),
    ...(forTeam && { team: forTeam }),
    ...(forPartner && { partnerId: forPartner }),
    ...(forKind && { partnerKind: forKind }),
    ...(forType && { type: forType }),
    ...(forRoute && { route: forRoute }),
    ...(asOf && { asOf }),
  };
  return Object.keys(look).length > 0 ? { look } : {};
}

/** The same as an address carries it on. */
export function lookAddress(params: LookParams): Record<string, string> {
  return Object.fromEntries(
    (Object.keys(NO_LOOK) as (keyof LookParams)[]).flatMap((key) => {
      const value = params[key];
      return value ? [[key, value]] : [];
    }),
  );
}

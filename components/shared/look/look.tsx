"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { dealsOfParts } from "@/components/shared/figures/deals-of-parts";
import { api } from "@/lib/api/client";
import { DEAL_TYPE_LABELS, PARTNER_KIND_LABELS, ROUTE_LABELS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import type { LookParams } from "./look-params";

/** How the numbers of a page are looked at: what their links carry on, and what they say of it. */
interface Looked {
  address: Readonly<Record<string, string>>;
  words: string | null;
}

const LookContext = createContext<Looked>({ address: {}, words: null });
export const LookProvider = LookContext.Provider;

/** The address of a number's deals, looked at as the page is. */
export function useDealsOfParts(): typeof dealsOfParts {
  const { address } = useContext(LookContext);
  return (quarter, number, parts, more) => dealsOfParts(quarter, number, parts, { ...more, look: address });
}

/** "deals of Ana Ruiz, as it stood on 3 May 2026"; null where nothing is narrowed and the day is today. */
export function useLookWords(params: LookParams): string | null {
  const { forOwner, forTeam, forPartner, forKind, forType, forRoute, asOf } = params;
  const partners = useQuery({
    ...api.partnersList.queryOptions({ input: {} }),
    enabled: forPartner !== null,
    staleTime: 60_000,
  }).data;
  const partner = partners?.partners.find(({ id }) => id === forPartner)?.name ?? "one partner";
  const of = [
    forOwner && `owned by ${forOwner}`,
    forTeam && `of team ${forTeam}`,
    forPartner && `with ${partner}, in its own outcome`,
    forKind && `with a partner that is ${PARTNER_KIND_LABELS[forKind].toLowerCase()}, in its own outcome`,
    forType && `of type ${DEAL_TYPE_LABELS[forType].toLowerCase()}`,
    forRoute && `by the ${ROUTE_LABELS[forRoute].toLowerCase()} route`,
  ].filter((one) => one);
  const narrowed = of.length > 0 ? `Only deals ${of.join(", ")}` : null;
  const day = asOf ? `as it stood on ${dayInWords(asOf)}` : null;
  if (narrowed && day) return `${narrowed}; ${day}`;
  return narrowed ?? (day && `A past day: ${day}`);
}

/** Said on a number that is narrowed, or of a past day. */
export function LookLine({ className = "" }: { className?: string }) {
  const { words } = useContext(LookContext);
  return words && <p className={`text-2xs text-accent-ink ${className}`}>{words}</p>;
}

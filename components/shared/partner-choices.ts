"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Found } from "@/components/ui/combo-match";
import { api, type Outputs } from "@/lib/api/client";
import { PARTNER_KIND_LABELS } from "@/lib/attribution/words";
import { lateness, RECENT } from "./recent";
import { reasonWords } from "./tag-reasons";

const DEALS_READ = 25;

/** The deal that a partner is looked for; all null when it is not known yet. */
export interface LookingFor {
  /** Where it is a deal that stands: who would help it is asked, and why. */
  dealId?: string;
  account: string | null;
  owner: string | null;
  /** Who is on it, with a role or without one yet. */
  onDeal: readonly { id: string; role: unknown }[];
}

export interface PartnerChoices {
  /** Every partner: who would help the deal with why, the last used, the likeliest; undefined until they have come. */
  choices: readonly Found[] | undefined;
  /** Whom one would most likely name next; null while nothing speaks for anybody. */
  likely: string | null;
  /** Why each of those who would help would, the likeliest first. */
  suggestions: Suggestions;
}

type Suggestions = Outputs["tagging"]["suggestions"];
const NONE: Suggestions = [];

/**
 * Every partner to choose from: who would help a deal that stands, then the last used here. Whom one would mean stands
 * besides: who has to do with the deal or its account, then who would help it, whom one names lately, the owner's latest.
 */
export function usePartnerChoices({ dealId, account, owner, onDeal }: LookingFor): PartnerChoices {
  const { data } = useQuery({ ...api.partnersList.queryOptions({ input: {} }), staleTime: 60_000 });
  const ofAccount = useQuery({
    ...api.dealsList.queryOptions({ input: { search: account ?? "", limit: DEALS_READ } }),
    enabled: account !== null && dealId === undefined,
    staleTime: 60_000,
  }).data;
  const { suggestions } = useTagging(dealId) ?? { suggestions: NONE };
  const ofOwner = useQuery({
    ...api.dealsList.queryOptions({ input: { owner: owner ?? "", limit: DEALS_READ } }),
    enabled: owner !== null,
    staleTime: 60_000,
  }).data;

  return useMemo(() => {
    const taken = new Set(onDeal.filter((one) => one.role !== null).map((one) => one.id));
    const onRows = (rows: readonly { account: string | null; partners: readonly { id: string }[] }[]) =>
      rows.flatMap((row) => row.partners.map((partner) => partner.id));
    const grounds = [
      ...onDeal.filter((one) => one.role === null).map((one) => one.id),
      ...suggestions.map(({ partner }) => partner.id),
      ...onRows((ofAccount?.rows ?? []).filter((row) => row.account === account)),
      ...RECENT.partners.get(),
      ...onRows(ofOwner?.rows ?? []),
    ];
    const order = new Map([...new Set(grounds)].map((id, at) => [id, at]));
    const rank = (id: string) => order.get(id) ?? Number.MAX_SAFE_INTEGER;
    const late = lateness("partners");
    const detailOf = (id: string, kind: keyof typeof PARTNER_KIND_LABELS) => {
      const reason = suggestions.find(({ partner }) => partner.id === id)?.reasons[0];
      if (reason) return reasonWords(reason);
      return onDeal.some((one) => one.id === id) ? "on this deal" : PARTNER_KIND_LABELS[kind];
    };
    const likeliest = [...(data?.partners ?? [])].sort(
      (a, b) =>
        rank(a.id) - rank(b.id) ||
        (b.lastActivityOn ?? "").localeCompare(a.lastActivityOn ?? "") ||
        a.name.localeCompare(b.name),
    );
    const place = new Map(suggestions.map(({ partner }, at) => [partner.id, at]));
    const placeOf = (id: string) => place.get(id) ?? suggestions.length;
    return {
      suggestions,
      choices:
        data &&
        likeliest
          .toSorted((a, b) => placeOf(a.id) - placeOf(b.id) || late(a.id) - late(b.id))
          .map(({ id, name, kind }) => ({ id, name, detail: detailOf(id, kind) })),
      likely:
        [...order.keys()].find((id) => !taken.has(id) && data?.partners.some((one) => one.id === id)) ?? null,
    };
  }, [data, ofAccount, ofOwner, account, onDeal, suggestions]);
}

/** What naming a role on a deal starts with; undefined until it has come, and of no deal. */
export function useTagging(dealId: string | undefined): Outputs["tagging"] | undefined {
  return useQuery({
    ...api.tagging.queryOptions({ input: { dealId: dealId ?? "" } }),
    enabled: dealId !== undefined,
  }).data;
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Found } from "@/components/ui/combo-match";
import { api } from "@/lib/api/client";
import { PARTNER_KIND_LABELS } from "@/lib/attribution/words";
import { lateness, RECENT } from "./recent";

const DEALS_READ = 25;

/** The deal that a partner is looked for; all null when it is not known yet. */
export interface LookingFor {
  account: string | null;
  owner: string | null;
  /** Who is on it, with a role or without one yet. */
  onDeal: readonly { id: string; role: unknown }[];
}

export interface PartnerChoices {
  /** Every partner, the last used first, then the likeliest; undefined until they have come. */
  choices: readonly Found[] | undefined;
  /** Whom one would most likely name next; null while nothing speaks for anybody. */
  likely: string | null;
}

/**
 * Every partner to choose from, the last used here first. Whom one would mean stands besides: on the deal
 * without a role yet, on other deals of the account, used here lately, on the owner's latest deals.
 */
export function usePartnerChoices({ account, owner, onDeal }: LookingFor): PartnerChoices {
  const { data } = useQuery({ ...api.partnersList.queryOptions({ input: {} }), staleTime: 60_000 });
  const ofAccount = useQuery({
    ...api.dealsList.queryOptions({ input: { search: account ?? "", limit: DEALS_READ } }),
    enabled: account !== null,
    staleTime: 60_000,
  }).data;
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
      ...onRows((ofAccount?.rows ?? []).filter((row) => row.account === account)),
      ...RECENT.partners.get(),
      ...onRows(ofOwner?.rows ?? []),
    ];
    const order = new Map([...new Set(grounds)].map((id, at) => [id, at]));
    const rank = (id: string) => order.get(id) ?? Number.MAX_SAFE_INTEGER;
    const late = lateness("partners");
    const likeliest = [...(data?.partners ?? [])].sort(
      (a, b) =>
        rank(a.id) - rank(b.id) ||
        (b.lastActivityOn ?? "").localeCompare(a.lastActivityOn ?? "") ||
        a.name.localeCompare(b.name),
    );
    return {
      choices:
        data &&
        likeliest
          .toSorted((a, b) => late(a.id) - late(b.id))
          .map((partner) => ({
            id: partner.id,
            name: partner.name,
            detail: onDeal.some((one) => one.id === partner.id)
              ? "on this deal"
              : PARTNER_KIND_LABELS[partner.kind],
          })),
      likely: likeliest.find((partner) => order.has(partner.id) && !taken.has(partner.id))?.id ?? null,
    };
  }, [data, ofAccount, ofOwner, account, onDeal]);
}

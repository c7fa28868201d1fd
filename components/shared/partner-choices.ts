"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { browserStore } from "@/components/ui/browser-store";
import type { Found } from "@/components/ui/combo-field";
import { api } from "@/lib/api/client";
import { PARTNER_KIND_LABELS } from "@/lib/attribution/words";

const REMEMBERED = 8;
const DEALS_READ = 25;

/** Whom one tagged or logged in this browser, the latest first. */
const RECENT = browserStore<readonly string[]>("recent-partners", [], (stored) =>
  Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : undefined,
);

/** Remembers in this browser whom one just tagged or logged, so that the next time offers it first. */
export function rememberPartner(id: string): void {
  RECENT.set([id, ...RECENT.get().filter((one) => one !== id)].slice(0, REMEMBERED));
}

/** The deal that a partner is looked for; all null when it is not known yet. */
export interface LookingFor {
  account: string | null;
  owner: string | null;
  /** Who is on it, with a role or without one yet. */
  onDeal: readonly { id: string; role: unknown }[];
}

export interface PartnerChoices {
  /** Every partner, the likeliest first. */
  choices: readonly Found[];
  /** Whom one would most likely name next; null while nothing speaks for anybody. */
  likely: string | null;
}

/**
 * Every partner to choose from, in the order one would mean them: on the deal without a role yet, on other
 * deals of the account, used here lately, on the owner's latest deals, lately active.
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
      ...RECENT.get(),
      ...onRows(ofOwner?.rows ?? []),
    ];
    const order = new Map([...new Set(grounds)].map((id, at) => [id, at]));
    const rank = (id: string) => order.get(id) ?? Number.MAX_SAFE_INTEGER;
    const partners = [...(data?.partners ?? [])].sort(
      (a, b) =>
        rank(a.id) - rank(b.id) ||
        (b.lastActivityOn ?? "").localeCompare(a.lastActivityOn ?? "") ||
        a.name.localeCompare(b.name),
    );
    return {
      choices: partners.map((partner) => ({
        id: partner.id,
        name: partner.name,
        detail: onDeal.some((one) => one.id === partner.id)
          ? "on this deal"
          : PARTNER_KIND_LABELS[partner.kind],
      })),
      likely: partners.find((partner) => order.has(partner.id) && !taken.has(partner.id))?.id ?? null,
    };
  }, [data, ofAccount, ofOwner, account, onDeal]);
}

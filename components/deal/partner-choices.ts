"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Found } from "@/components/ui/combo-box";
import { api } from "@/lib/api/client";
import { PARTNER_KIND_LABELS } from "@/lib/attribution/words";

const RECENT = "countersign.recent-partners";
const REMEMBERED = 8;

const recent = (): string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
};

/** Remembers in this browser whom one just tagged or logged, so that the next time offers it first. */
export function rememberPartner(id: string): void {
  localStorage.setItem(
    RECENT,
    JSON.stringify([id, ...recent().filter((one) => one !== id)].slice(0, REMEMBERED)),
  );
}

/** The partner one would most likely mean: of those on the deal, else the one last used here. */
export function likelyPartner(onDeal: readonly { id: string; role: unknown }[]): string | null {
  return onDeal.find((partner) => partner.role === null)?.id ?? onDeal[0]?.id ?? recent()[0] ?? null;
}

/** Every partner to choose from: on the deal first, then lately used, then lately active. */
export function usePartnerChoices(onDeal: readonly { id: string }[]): Found[] {
  const { data } = useQuery({ ...api.partnersList.queryOptions({ input: {} }), staleTime: 60_000 });
  const first = onDeal.map((partner) => partner.id).join(" ");
  return useMemo(() => {
    const here = first.split(" ");
    const used = recent();
    const rank = (id: string) => (here.includes(id) ? 0 : used.includes(id) ? 1 + used.indexOf(id) : 100);
    return [...(data?.partners ?? [])]
      .sort(
        (a, b) =>
          rank(a.id) - rank(b.id) ||
          (b.lastActivityOn ?? "").localeCompare(a.lastActivityOn ?? "") ||
          a.name.localeCompare(b.name),
      )
      .map((partner) => ({
        id: partner.id,
        name: partner.name,
        detail: here.includes(partner.id) ? "on this deal" : PARTNER_KIND_LABELS[partner.kind],
      }));
  }, [data, first]);
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDeferredValue } from "react";
import { type Makes, useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import type { IconName } from "@/components/ui/icon";
import { api } from "@/lib/api/client";
import { PARTNER_KIND_LABELS, REGISTRATION_STATUS_LABELS } from "@/lib/attribution/words";
import type { Permission } from "@/lib/auth/permissions";
import type { Entry } from "./palette-entry";

const SHOWN = 5;

/** The partners, accounts and registrations that answer to a text. */
export function useRecordsNamed(text: string): Entry[] {
  const router = useRouter();
  const search = useDeferredValue(text);
  const asked = { enabled: search.length > 1, placeholderData: keepPreviousData };
  const input = { search, limit: SHOWN };
  const partners = useQuery({ ...api.partnersInMotion.queryOptions({ input }), ...asked });
  const accounts = useQuery({ ...api.accountsList.queryOptions({ input }), ...asked });
  const registrations = useQuery({ ...api.registrationsList.queryOptions({ input }), ...asked });
  if (search.length < 2) return [];
  const entry = (path: string, icon: IconName, label: string, detail: string): Entry => ({
    id: path,
    label,
    icon,
    detail,
    run: () => router.push(path),
  });
  return [
    ...(partners.data?.rows ?? []).map(({ id, name, kind }) =>
      entry(`/partners/${encodeURIComponent(id)}`, "people", name, PARTNER_KIND_LABELS[kind]),
    ),
    ...(accounts.data?.rows ?? []).map(({ id, name, domains }) =>
      entry(`/accounts/${encodeURIComponent(id)}`, "account", name, domains[0] ?? "account"),
    ),
    ...(registrations.data?.rows ?? []).map(({ id, partner, account, status }) =>
      entry(
        `/registrations?status=${status}&open=${encodeURIComponent(id)}`,
        "registration",
        `${partner.name}: ${account?.name ?? "no account"}`,
        `registration, ${REGISTRATION_STATUS_LABELS[status].toLowerCase()}`,
      ),
    ),
  ];
}

const MAKES: readonly { kind: keyof Makes; label: string; icon: IconName; may: Permission }[] = [
  { kind: "deal", label: "New deal", icon: "deals", may: "deal.create" },
  { kind: "partner", label: "New partner", icon: "people", may: "partner.edit" },
  { kind: "account", label: "New account", icon: "account", may: "account.edit" },
  { kind: "registration", label: "New registration", icon: "registration", may: "registration.change" },
];

/** Makes what this person may make, and goes to it. */
export function useMakings(): Entry[] {
  const me = useMe();
  const router = useRouter();
  const { make, logActivity } = useShell();
  const entries = MAKES.filter(({ may }) => mayEver(me, may)).map(
    ({ kind, label, icon }): Entry => ({
      id: `new:${kind}`,
      label,
      icon,
      run: async () => {
        const made = await make(kind);
        if (made)
          router.push(
            kind === "registration" ? "/registrations" : `/${kind}s/${encodeURIComponent(made.id)}`,
          );
      },
    }),
  );
  const log: Entry = {
    id: "new:activity",
    label: "New activity",
    icon: "activity",
    run: () => logActivity(),
  };
  return [...entries, ...(mayEver(me, "activity.log") ? [log] : [])];
}

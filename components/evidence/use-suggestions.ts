"use client";

import { useEffect, useRef, useState } from "react";
import { useShell } from "@/components/shared/shell-actions";
import { useWrite } from "@/components/shared/use-write";
import { useKeys } from "@/components/ui/keys";
import { say } from "@/components/ui/toasts";
import type { Outputs } from "@/lib/api/client";

export type Row = Outputs["evidenceWaiting"]["rows"][number];

/** Which suggestion one is at, its keys, and what can be done about each. Where one goes, the next is at its place. */
export function useSuggestions(rows: readonly Row[]) {
  const acts = useActs();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const follows = useRef(false);
  const place = Math.max(0, Math.min(at, rows.length - 1));
  const current = rows[place];
  const go = (to: number) => {
    follows.current = true;
    const next = Math.max(0, Math.min(to, rows.length - 1));
    setAt(next);
    focusIn(list.current, rows[next]?.id);
  };
  const here = (act: (row: Row) => void) => () => {
    follows.current = true;
    if (current) act(current);
  };
  useKeys({
    j: () => go(follows.current ? place + 1 : place),
    k: () => go(place - 1),
    e: here(acts.accept),
    w: here(acts.change),
    d: here(acts.dismiss),
  });
  const currentId = current?.id;
  useEffect(() => {
    if (follows.current) focusIn(list.current, currentId);
  }, [currentId]);
  const enter = (row: Row) => {
    follows.current = true;
    setAt(rows.indexOf(row));
  };
  return { ...acts, list, currentId, enter };
}

export type Acts = ReturnType<typeof useActs>;

function useActs() {
  const { logActivity } = useShell();
  const gone = (id: string) => (now: Outputs["evidenceWaiting"]) => ({
    total: now.total - 1,
    rows: now.rows.filter((row) => row.id !== id),
  });
  const accepting = useWrite("acceptProposal", {
    said: () => ({ message: "Logged", detail: "The file is kept as its proof." }),
    shows: ({ proposalId }, show) => show("evidenceWaiting", gone(proposalId)),
  });
  const dismissing = useWrite("dismissProposal", {
    said: () => "Dismissed",
    undo: ({ proposalId }) => ({ verb: "dismissProposal", input: { proposalId, dismissed: false } }),
    shows: ({ proposalId }, show) => show("evidenceWaiting", gone(proposalId)),
  });
  const change = (row: Row) => {
    const { deal, account, partner, type, occurredOn, involvement, quote, file } = row;
    const only = deal ?? (row.deals.length === 1 ? row.deals[0] : undefined);
    logActivity({
      ...{ dealId: only?.id, partnerId: partner.id },
      proposal: {
        ...{ id: row.id, dealName: only ? account.name : null, type, occurredOn, involvement, quote },
        fileName: file.name,
      },
    });
  };
  return {
    change,
    /** As it was read; where that left something open, what is open is asked. */
    accept: (row: Row) => {
      if (row.may.accept !== true) say("Not here", { detail: `${row.may.accept}.` });
      else if (row.deal === null || row.occurredOn === null) change(row);
      else accepting.mutate({ proposalId: row.id });
    },
    dismiss: (row: Row) => {
      if (row.may.dismiss !== true) say("Not here", { detail: `${row.may.dismiss}.` });
      else dismissing.mutate({ proposalId: row.id });
    },
  };
}

function focusIn(list: HTMLElement | null, id: string | undefined): void {
  const rows = list?.querySelectorAll<HTMLElement>("[data-item]") ?? [];
  [...rows].find(({ dataset }) => dataset.item === id)?.focus();
}

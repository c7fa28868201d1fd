"use client";

import { useCallback, useState } from "react";
import { mayEver, useMe } from "@/components/shared/use-me";
import { say } from "@/components/ui/toasts";
import { count } from "@/lib/text/words";
import type { DealRow } from "./deal-row";
import { tagHere } from "./tag-here";

/** What is open over the list: the tag form beside one row, the bulk form, a case raised about deals one after another. */
interface Open {
  tagging: { deal: DealRow; anchor: { current: HTMLElement } } | null;
  isTaggingMany: boolean;
  /** Deals still to raise a case about; the first is the open dialog's. */
  raising: readonly DealRow[];
}
const NOTHING: Open = { tagging: null, isTaggingMany: false, raising: [] };

/** What may not be done is not begun; it is said whose it is, or that it has closed. */
function refused(row: DealRow, because: string): void {
  say(row.state !== "open" ? `${row.account ?? row.id} is closed` : `This is ${row.owner}'s deal`, {
    detail: `${because}.`,
  });
}

/** The acts of the list's keys and buttons: on the selection when there is one, else on one row. */
export function useRowActs(rows: readonly DealRow[], selected: ReadonlySet<string>) {
  const me = useMe();
  const [open, setOpen] = useState(NOTHING);
  const chosen = rows.filter(({ id }) => selected.has(id));

  const tagAt = useCallback((deal: DealRow, anchor: HTMLElement) => {
    const may = tagHere(deal);
    if (may === true) setOpen({ ...NOTHING, tagging: { deal, anchor: { current: anchor } } });
    else refused(deal, may);
  }, []);
  const tagChosen = () => {
    const [first] = chosen;
    if (chosen.some((row) => tagHere(row) === true)) setOpen({ ...NOTHING, isTaggingMany: true });
    else if (first)
      say(`None of the ${count(chosen.length, "deal")} is to be tagged here`, {
        detail: `${tagHere(first)}.`,
      });
  };
  const raise = (row: DealRow) => {
    if (mayEver(me, "exception.raise")) setOpen({ ...NOTHING, raising: chosen.length > 0 ? chosen : [row] });
  };
  return {
    ...open,
    tagAt,
    tagChosen,
    raise,
    tag: (row: DealRow, element: HTMLElement) => (chosen.length > 0 ? tagChosen() : tagAt(row, element)),
    raised: () => setOpen((now) => ({ ...now, raising: now.raising.slice(1) })),
    close: () => {
      open.tagging?.anchor.current.focus();
      setOpen(NOTHING);
    },
  };
}

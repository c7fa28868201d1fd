"use client";

import { createContext, useCallback, useContext, useState } from "react";
import type { DealRow } from "./deal-row";

export interface Selection {
  selected: ReadonlySet<string>;
  toggle(id: string): void;
  /** Selects every row that is loaded, or none when all are. */
  toggleAll(): void;
  isAll: boolean;
  /** Opens the tag form at an element. */
  tagAt(row: DealRow, anchor: HTMLElement): void;
  /** Says of one deal that no partner is involved. */
  sayNoPartner(row: DealRow): void;
  /** Shows one deal beside the list. */
  peekAt(row: DealRow): void;
}

const Context = createContext<Selection | null>(null);
export const SelectionProvider = Context.Provider;

export function useSelection(): Selection {
  const selection = useContext(Context);
  if (!selection) throw new Error("useSelection outside of the deals table");
  return selection;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The rows that are selected, by id, of those that are loaded. */
export function useSelected(rows: readonly { id: string }[]) {
  const [selected, setSelected] = useState(NOTHING);
  const toggle = useCallback(
    (id: string) =>
      setSelected((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const clear = useCallback(() => setSelected(NOTHING), []);
  const isAll = rows.length > 0 && rows.every(({ id }) => selected.has(id));
  const toggleAll = useCallback(
    () => setSelected(isAll ? NOTHING : new Set(rows.map(({ id }) => id))),
    [rows, isAll],
  );
  /** From one row to another in the order shown, both included. */
  const reach = (from: string, to: string) => {
    const [a, b] = [from, to].map((id) => rows.findIndex((row) => row.id === id)) as [number, number];
    const between = rows.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id);
    setSelected((now) => new Set([...now, ...between]));
  };
  return { selected, toggle, toggleAll, isAll, reach, clear };
}

"use client";

import { createContext, useCallback, useContext, useState } from "react";

export interface Selection {
  selected: ReadonlySet<string>;
  toggle(id: string): void;
  /** Opens the tag form at an element. */
  tagAt(id: string, anchor: HTMLElement): void;
}

const Context = createContext<Selection | null>(null);
export const SelectionProvider = Context.Provider;

export function useSelection(): Selection {
  const selection = useContext(Context);
  if (!selection) throw new Error("useSelection outside of the deals table");
  return selection;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The rows that are selected, by id. */
export function useSelected() {
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
  return { selected, toggle, clear };
}

"use client";

import { createContext, useContext } from "react";

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

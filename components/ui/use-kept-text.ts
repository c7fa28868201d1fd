"use client";

import { useMemo } from "react";
import { browserStore, useStored } from "./browser-store";

export interface KeptText {
  text: string;
  write(text: string): void;
  /** It was said, or given up. */
  drop(): void;
}

/**
 * A text under way that is sent once, kept in this browser from the first letter until then, so that a
 * reload, a crash or a lost connection loses nothing. `name` says what it is about.
 */
export function useKeptText(name: string): KeptText {
  const store = useMemo(
    () => browserStore(`text.${name}`, "", (stored) => (typeof stored === "string" ? stored : undefined)),
    [name],
  );
  return { text: useStored(store), write: (text) => void store.set(text), drop: () => void store.set("") };
}

"use client";

import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 47.99rem)";

const subscribe = (notify: () => void) => {
  const list = window.matchMedia(QUERY);
  list.addEventListener("change", notify);
  return () => list.removeEventListener("change", notify);
};

/** Whether the page is narrower than a table can be: a phone, or a screen at 200 % zoom. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}

"use client";

import { type BrowserStore, browserStore } from "@/components/ui/browser-store";

const REMEMBERED = 8;

const store = (kind: string): BrowserStore<readonly string[]> =>
  browserStore<readonly string[]>(`recent-${kind}`, [], (stored) =>
    Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : undefined,
  );

/** What one chose lately in this browser, the latest first: whom one named, and what they did. */
export const RECENT = { partners: store("partners"), activities: store("activities") };

type Kind = keyof typeof RECENT;

/** Remembers what was just saved, so that the next time offers it first. */
export function remember(saved: Partial<Record<Kind, string>>): void {
  for (const [kind, id] of Object.entries(saved) as [Kind, string][]) {
    const others = RECENT[kind].get().filter((one) => one !== id);
    RECENT[kind].set([id, ...others].slice(0, REMEMBERED));
  }
}

/** Where something stands among what one chose lately: 0 is the latest, and all the others stand last. */
export function lateness(kind: Kind): (id: string) => number {
  const order = new Map(RECENT[kind].get().map((id, at) => [id, at]));
  return (id) => order.get(id) ?? REMEMBERED;
}

"use client";

import { browserStore, useStored } from "@/components/ui/browser-store";
import { type DealsFilters, type DealsParams, NO_FILTERS } from "./deals-filters";

export interface View {
  name: string;
  filters: DealsFilters;
}

/** An AE's landing. */
export const MINE_OPEN: DealsFilters = { scope: "mine", state: "open" };

/** The views every company has; `quarter` is today's. */
export function builtInViews(owns: boolean, quarter: string | undefined): View[] {
  // What waits for somebody is an AE's own first.
  const own: DealsFilters = owns ? { scope: "mine" } : {};
  return [
    { name: "All deals", filters: {} },
    ...(owns ? [{ name: "My open deals", filters: MINE_OPEN }] : []),
    { name: "Needs a decision", filters: { ...own, decision: true } },
    { name: "Closing soon", filters: { ...own, closing: true } },
    { name: "Disputed", filters: { disputed: true } },
    ...(quarter ? [{ name: "Won this quarter", filters: { state: "won", quarter } } satisfies View] : []),
  ];
}

const KEYS = Object.keys(NO_FILTERS) as (keyof typeof NO_FILTERS)[];
const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Whether the list shows exactly this view. */
export function isView(view: View, params: DealsParams): boolean {
  return KEYS.every((key) => same(view.filters[key], params[key]));
}

/** What narrows the list now, to keep as a view. */
export function filtersOf(params: DealsParams): DealsFilters {
  return Object.fromEntries(KEYS.filter((key) => params[key] !== null).map((key) => [key, params[key]]));
}

const VIEWS = browserStore<readonly View[]>("deal-views", [], (stored) =>
  Array.isArray(stored) ? (stored as View[]) : undefined,
);

/** The views one saved in this browser. */
export function useSavedViews() {
  const others = (name: string) => VIEWS.get().filter((one) => one.name !== name);
  return {
    views: useStored(VIEWS),
    save: (view: View) => VIEWS.set([...others(view.name), view]),
    forget: (name: string) => VIEWS.set(others(name)),
  };
}

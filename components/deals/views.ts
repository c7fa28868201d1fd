"use client";

import { useSyncExternalStore } from "react";
import { type DealsFilters, type DealsParams, NO_FILTERS } from "./deals-filters";

export interface View {
  name: string;
  filters: DealsFilters;
}

/** The views every company has; `quarter` is today's. */
export function builtInViews(owns: boolean, quarter: string | undefined): View[] {
  return [
    { name: "All deals", filters: {} },
    ...(owns ? [{ name: "My open deals", filters: { scope: "mine", state: "open" } } satisfies View] : []),
    { name: "Needs a decision", filters: { decision: true } },
    { name: "Closing soon", filters: { closing: true } },
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

const STORE = "countersign.deal-views";
const CHANGED = "countersign:deal-views";
const NONE: View[] = [];
let read: { text: string | null; views: View[] } = { text: null, views: NONE };

function stored(): View[] {
  const text = localStorage.getItem(STORE);
  if (text === read.text) return read.views;
  try {
    const views: unknown = JSON.parse(text ?? "[]");
    read = { text, views: Array.isArray(views) ? (views as View[]) : NONE };
  } catch {
    read = { text, views: NONE };
  }
  return read.views;
}

function store(views: View[]): void {
  localStorage.setItem(STORE, JSON.stringify(views));
  window.dispatchEvent(new Event(CHANGED));
}

const subscribe = (notify: () => void) => {
  window.addEventListener(CHANGED, notify);
  return () => window.removeEventListener(CHANGED, notify);
};

/** The views one saved in this browser. */
export function useSavedViews() {
  const views = useSyncExternalStore(subscribe, stored, () => NONE);
  return {
    views,
    save: (view: View) => store([...stored().filter((one) => one.name !== view.name), view]),
    forget: (name: string) => store(stored().filter((one) => one.name !== name)),
  };
}

"use client";

import { createLoader, createSerializer } from "nuqs/server";
import type { Outputs } from "@/lib/api/client";
import { DEALS_PARAMS, type DealsFilters, type DealsParams, NO_FILTERS } from "./deals-filters";

/** A view that the server keeps: one's own, or shared by somebody. */
export type SavedView = Outputs["savedViewsList"]["views"][number];

export interface View {
  name: string;
  filters: DealsFilters;
  order?: Pick<DealsParams, "sort" | "dir">;
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
    {
      name: "Closing soon",
      filters: { ...own, closing: true },
      order: { sort: "expectedOn", dir: "asc" },
    },
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

/** What an address says of the list: what narrows it, its order and columns; the peek is nobody's view. */
export type Shown = Partial<Omit<DealsParams, "peek">>;

const load = createLoader(DEALS_PARAMS);
const serialize = createSerializer(DEALS_PARAMS);

/** What a built-in view shows; the columns stay as they are. */
export const shownBy = ({ filters, order }: View): Shown => ({
  ...filters,
  ...(order ?? { sort: "createdOn", dir: "desc" }),
});

/** What the list shows, as its address says it after the question mark; defaults are not said. */
export const addressOf = (params: Shown) => serialize({ ...params, peek: null }).replace(/^[?]/, "");

/** The inverse of `addressOf`; what an address says wrongly is left out. */
export function paramsOf(address: string): Shown {
  const { peek: _peek, ...shown } = load(new URLSearchParams(address));
  return shown;
}

/** Whether the list shows exactly this view, its order and columns included. */
export const isSavedView = ({ address }: Pick<SavedView, "address">, params: DealsParams) =>
  addressOf(paramsOf(address)) === addressOf(params);

/** Its link, which shows everybody the same. */
export const linkOf = ({ address }: Pick<SavedView, "address">) => `${location.origin}/deals?${address}`;

"use client";

import { useQueryStates } from "nuqs";
import { useCallback, useMemo, useRef } from "react";
import { useKeys } from "@/components/ui/keys";
import type { Outputs } from "@/lib/api/client";
import type { DealRow } from "./deal-row";
import { DEALS_PARAMS, type DealsFilters, NO_FILTERS, type SORTS } from "./deals-filters";
import { type Selection, useSelected } from "./selection";
import { useDeals } from "./use-deals";
import { useNoPartner } from "./use-no-partner";
import { useRowActs } from "./use-row-acts";
import type { Shown } from "./views";

/** What the list is about and what its keys do: the address, its deals, what is selected, what stands beside or over it. */
export function useDealsPage(first: Outputs["dealsList"] | null) {
  const [params, setParams] = useQueryStates(DEALS_PARAMS, { history: "push" });
  const search = useRef<HTMLInputElement>(null);
  const deals = useDeals(params, first);
  const selecting = useSelected(deals.rows);
  const { selected, clear } = selecting;
  const acts = useRowActs(deals.rows, selected);
  const noPartner = useNoPartner(deals.byId, { selected, clear });
  // Going from deal to deal is no history; opening and closing one is.
  const peekAt = useCallback(
    (row: DealRow) => setParams({ peek: row.id }, { history: params.peek === null ? "push" : "replace" }),
    [setParams, params.peek],
  );
  const closePeek = () => setParams({ peek: null });
  const selection = useSelectionOf(selecting, { tagAt: acts.tagAt, sayNoPartner: noPartner.sayOf, peekAt });
  useKeys({ "/": () => search.current?.focus(), ...(params.peek !== null && { Escape: closePeek }) });

  const setFilters = useCallback(
    (filters: DealsFilters) => {
      clear();
      setParams(filters);
    },
    [clear, setParams],
  );
  const show = useCallback(
    (shown: Shown) => {
      clear();
      setParams({ ...NO_FILTERS, ...shown });
    },
    [clear, setParams],
  );
  const onSort = (by: string) =>
    setParams({
      sort: by as (typeof SORTS)[number],
      dir: params.sort === by && params.dir === "desc" ? "asc" : "desc",
    });
  const onKey = (key: string, row: DealRow, element: HTMLElement) => {
    if (key === " ") params.peek === row.id ? closePeek() : peekAt(row);
    else if (key === "x") selecting.toggle(row.id);
    else if (key === "t") acts.tag(row, element);
    else if (key === "n") noPartner.say(row);
    else if (key === "e") acts.raise(row);
    else return false;
    return true;
  };

  return {
    ...{ params, setParams, setFilters, show, search, deals, selecting, selection, acts, noPartner },
    ...{ onSort, onKey, peekAt, closePeek },
  };
}

/** What the cells of the table ask of the list, the same object while nothing of it changed. */
function useSelectionOf(
  { selected, toggle, toggleAll, isAll }: ReturnType<typeof useSelected>,
  acts: Pick<Selection, "tagAt" | "sayNoPartner" | "peekAt">,
): Selection {
  const latest = useRef(acts);
  latest.current = acts;
  return useMemo(
    () => ({
      ...{ selected, toggle, toggleAll, isAll },
      tagAt: (row, anchor) => latest.current.tagAt(row, anchor),
      sayNoPartner: (row) => latest.current.sayNoPartner(row),
      peekAt: (row) => latest.current.peekAt(row),
    }),
    [selected, toggle, toggleAll, isAll],
  );
}

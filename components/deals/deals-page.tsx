"use client";

import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo, useRef } from "react";
import { PolicyState } from "@/components/shared/policy-state";
import { useMe } from "@/components/shared/use-me";
import { ErrorState } from "@/components/ui/error-state";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Outputs } from "@/lib/api/client";
import { ClosingSoon } from "./closing-soon";
import type { DealRow } from "./deal-row";
import { DealsActions } from "./deals-actions";
import { DEALS_PARAMS, type DealsFilters, type DealsParams, isFiltered, type SORTS } from "./deals-filters";
import { DealsTable } from "./deals-table";
import { FilterBar } from "./filter-bar";
import { OverTheList } from "./over-the-list";
import { type Selection, SelectionProvider, useSelected } from "./selection";
import { useDeals } from "./use-deals";
import { useNoPartner } from "./use-no-partner";
import { useRowActs } from "./use-row-acts";
import { isView, MINE_OPEN } from "./views";
import { Views } from "./views-strip";

const BulkBar = onDemand(() => import("./bulk-bar").then((m) => m.BulkBar));
// Its words come with the definitions of every metric, which the list itself does not need.
const NumberBanner = dynamic(() => import("./number-banner").then((m) => m.NumberBanner));

/** Which of my deals need a partner decision? `first` is the server's answer for the address asked. */
export function DealsPage({ first }: { first: Outputs["dealsList"] | null }) {
  const me = useMe();
  const [params, setParams] = useQueryStates(DEALS_PARAMS, { history: "push" });
  const search = useRef<HTMLInputElement>(null);
  const deals = useDeals(params, first);
  const selecting = useSelected(deals.rows);
  const { selected, clear } = selecting;
  const acts = useRowActs(deals.rows, selected);
  const noPartner = useNoPartner(deals.byId, { selected, clear });
  const selection = useSelectionOf(selecting, acts.tagAt, noPartner.sayOf);
  useKeys({ "/": () => search.current?.focus() });

  const setFilters = useCallback(
    (filters: DealsFilters) => {
      clear();
      setParams(filters);
    },
    [clear, setParams],
  );
  const onSort = (by: string) =>
    setParams({
      sort: by as (typeof SORTS)[number],
      dir: params.sort === by && params.dir === "desc" ? "asc" : "desc",
    });
  const onKey = (key: string, row: DealRow, element: HTMLElement) => {
    if (key === "x") selecting.toggle(row.id);
    else if (key === "t") acts.tag(row, element);
    else if (key === "n") noPartner.say(row);
    else if (key === "e") acts.raise(row);
    else return false;
    return true;
  };

  return (
    <SelectionProvider value={selection}>
      <PageHeader
        title="Deals"
        beside={me && !params.number && <PolicyState policy={me.policy} />}
        actions={<DealsActions params={params} onHide={(hide) => setParams({ hide })} />}
      />
      <Views params={params} setFilters={setFilters} />
      {params.number && <NumberBanner params={params} answer={deals.answer} />}
      {isLanding(params) && <ClosingSoon mine={Boolean(me?.user.ownerName)} />}
      <FilterBar params={params} setFilters={setFilters} search={search} />
      {deals.list.isPending ? (
        <div className="px-4 sm:px-6">
          <SkeletonRows rows={14} label="Loading deals" />
        </div>
      ) : deals.list.error && deals.rows.length === 0 ? (
        <ErrorState error={deals.list.error} onRetry={() => deals.list.refetch()} />
      ) : (
        <DealsTable {...{ deals, params, selecting, onSort, onKey }} onClear={setFilters} />
      )}
      {selected.size > 0 && (
        <BulkBar
          count={selected.size}
          isSaying={noPartner.isSaying}
          onTag={acts.tagChosen}
          onNoPartner={() => noPartner.say()}
          onClear={clear}
        />
      )}
      <OverTheList acts={acts} rows={deals.rows.filter((row) => selected.has(row.id))} onDone={clear} />
    </SelectionProvider>
  );
}

/** Where people come in: all deals, or an AE's own open ones. */
function isLanding(params: DealsParams): boolean {
  return !isFiltered(params) || isView({ name: "", filters: MINE_OPEN }, params);
}

/** What the cells of the table ask of the list, the same object while nothing of it changed. */
function useSelectionOf(
  { selected, toggle, toggleAll, isAll }: ReturnType<typeof useSelected>,
  tagAt: Selection["tagAt"],
  sayNoPartner: Selection["sayNoPartner"],
): Selection {
  const latest = useRef(sayNoPartner);
  latest.current = sayNoPartner;
  return useMemo(
    () => ({ selected, toggle, toggleAll, isAll, tagAt, sayNoPartner: (row) => latest.current(row) }),
    [selected, toggle, toggleAll, isAll, tagAt],
  );
}

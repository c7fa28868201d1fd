"use client";

import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo, useRef, useState } from "react";
import { PolicyState } from "@/components/shared/policy-state";
import { mayEver, useMe } from "@/components/shared/use-me";
import { ErrorState } from "@/components/ui/error-state";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Outputs } from "@/lib/api/client";
import { ClosingSoon } from "./closing-soon";
import type { DealRow } from "./deal-row";
import { DealsActions } from "./deals-actions";
import { DEALS_PARAMS, type DealsFilters, isFiltered, type SORTS } from "./deals-filters";
import { DealsTable } from "./deals-table";
import { FilterBar } from "./filter-bar";
import { SelectionProvider, useSelected } from "./selection";
import { useDeals } from "./use-deals";
import { useNoPartner } from "./use-no-partner";
import { Views } from "./views-strip";

const TagPopover = onDemand(() => import("./tag-popover").then((m) => m.TagPopover));
const BulkBar = onDemand(() => import("./bulk-bar").then((m) => m.BulkBar));
// Its words come with the definitions of every metric, which the list itself does not need.
const NumberBanner = dynamic(() => import("./number-banner").then((m) => m.NumberBanner));

/** Which of my deals need a partner decision? `first` is the server's answer for the address asked. */
export function DealsPage({ first }: { first: Outputs["dealsList"] | null }) {
  const me = useMe();
  const [params, setParams] = useQueryStates(DEALS_PARAMS, { history: "push" });
  const search = useRef<HTMLInputElement>(null);
  const deals = useDeals(params, first);
  const { selected, toggle, clear } = useSelected();
  const { tagging, tagAt, stopTagging } = useTagging(deals.byId);
  const noPartner = useNoPartner(deals.byId, { selected, clear });
  const selection = useMemo(() => ({ selected, toggle, tagAt }), [selected, toggle, tagAt]);
  const mayTag = mayEver(me, "role.add");
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
    if (key === "x" || key === " ") toggle(row.id);
    else if (key === "t" && mayTag) tagAt(row.id, element);
    else if (key === "n" && mayEver(me, "deal.confirm_no_partner")) noPartner.say(row);
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
      {!params.number && !isFiltered(params) && <ClosingSoon mine={Boolean(me?.user.ownerName)} />}
      <FilterBar params={params} setFilters={setFilters} search={search} />
      {deals.list.isPending ? (
        <div className="px-4 sm:px-6">
          <SkeletonRows rows={14} label="Loading deals" />
        </div>
      ) : deals.list.error && deals.rows.length === 0 ? (
        <ErrorState error={deals.list.error} onRetry={() => deals.list.refetch()} />
      ) : (
        <DealsTable {...{ deals, params, selected, onSort, onKey }} onClear={setFilters} />
      )}
      {selected.size > 0 && (
        <BulkBar
          rows={deals.rows.filter((row) => selected.has(row.id))}
          mayTag={mayTag}
          isSaying={noPartner.isSaying}
          onNoPartner={() => noPartner.say()}
          onClear={clear}
        />
      )}
      {tagging && <TagPopover key={tagging.deal.id} {...tagging} onClose={stopTagging} />}
    </SelectionProvider>
  );
}

/** The deal that is being tagged, and the element beside which its form stands. */
function useTagging(byId: ReadonlyMap<string, DealRow>) {
  const [tagging, setTagging] = useState<{ deal: DealRow; anchor: { current: HTMLElement } } | null>(null);
  const tagAt = useCallback(
    (id: string, anchor: HTMLElement) => {
      const deal = byId.get(id);
      if (deal) setTagging({ deal, anchor: { current: anchor } });
    },
    [byId],
  );
  const stopTagging = () => {
    setTagging(null);
    tagging?.anchor.current.focus();
  };
  return { tagging, tagAt, stopTagging };
}

"use client";

import dynamic from "next/dynamic";
import { PolicyState } from "@/components/shared/policy-state";
import { PrintHead } from "@/components/shared/print-head";
import { useMe } from "@/components/shared/use-me";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Outputs } from "@/lib/api/client";
import { ClosingSoon, useClosingSoon } from "./closing-soon";
import { DealsActions } from "./deals-actions";
import { type DealsParams, isFiltered } from "./deals-filters";
import { DealsTable } from "./deals-table";
import { FilterBar } from "./filter-bar";
import { OverTheList } from "./over-the-list";
import { SelectionProvider } from "./selection";
import { useDealsPage } from "./use-deals-page";
import { isView, MINE_OPEN } from "./views";
import { Views } from "./views-strip";

const BulkBar = onDemand(() => import("./bulk-bar").then((m) => m.BulkBar));
const Peek = onDemand(() => import("./peek").then((m) => m.Peek));
// Its words come with the definitions of every metric, which the list itself does not need.
const NumberBanner = dynamic(() => import("./number-banner").then((m) => m.NumberBanner));

interface First {
  /** The server's answer for the address asked. */
  first: Outputs["dealsList"] | null;
  /** Its answer for the strip over the list. */
  closing: Outputs["dealsList"] | null;
}

/** Which of my deals need a partner decision? */
export function DealsPage({ first, closing }: First) {
  const me = useMe();
  const page = useDealsPage(first);
  const closingSoon = useClosingSoon(closing);
  const { params, setParams, setFilters, deals, selecting, acts, noPartner, search, closePeek } = page;
  const { selected, clear } = selecting;
  return (
    <SelectionProvider value={page.selection}>
      <PageHeader
        title="Deals"
        beside={me && !params.number && <PolicyState policy={me.policy} />}
        actions={<DealsActions params={params} onColumns={setParams} />}
      />
      <PrintHead noun="deal" rows={deals.rows.length} total={printedTotal(deals)} />
      <Views params={params} onShow={page.show} />
      {params.number && <NumberBanner params={params} answer={deals.answer} />}
      {isLanding(params) && <ClosingSoon data={closingSoon} />}
      <FilterBar params={params} setFilters={setFilters} search={search} />
      {deals.list.isPending ? (
        <div className="px-4 sm:px-6">
          <SkeletonRows rows={14} label="Loading deals" />
        </div>
      ) : deals.list.error && deals.rows.length === 0 ? (
        <ErrorState error={deals.list.error} onRetry={() => deals.list.refetch()} />
      ) : (
        <div className="flex min-h-0 flex-1 print:block">
          <DealsTable
            {...{ deals, params, selecting }}
            onSort={page.onSort}
            onKey={page.onKey}
            onPeek={page.peekAt}
            onClear={setFilters}
          />
          {params.peek !== null && (
            <Peek id={params.peek} row={deals.byId.get(params.peek)} onClose={closePeek} />
          )}
        </div>
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

/** How many the view has, as far as it was counted. */
const printedTotal = ({ answer, list, rows }: ReturnType<typeof useDealsPage>["deals"]) =>
  list.hasNextPage ? (answer?.more ? null : (answer?.total ?? null)) : rows.length;

/** Where people come in: all deals, or an AE's own open ones. */
function isLanding(params: DealsParams): boolean {
  return !isFiltered(params) || isView({ name: "", filters: MINE_OPEN }, params);
}

"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useMemo } from "react";
import { WholeMoney } from "@/components/shared/money";
import { useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { count, list } from "@/lib/text/words";
import type { DealRow } from "./deal-row";
import { awayColumns, orderedColumns } from "./deals-columns";
import { DealsEmpty } from "./deals-empty";
import { type DealsFilters, type DealsParams, orderWords } from "./deals-filters";
import { useDensity } from "./density";
import { NarrowDeal } from "./narrow-deal";
import type { useSelected } from "./selection";
import { useDealSoon } from "./use-deal-soon";
import { type Deals, useTotals } from "./use-deals";

const rowId = (row: DealRow) => row.id;

/** The list itself: its rows, their keys, and what they come to. */
export function DealsTable({
  deals: { list, answer, rows, onNearEnd },
  params,
  selecting,
  onSort,
  onClear,
  onKey,
  onPeek,
}: {
  deals: Deals;
  params: DealsParams;
  selecting: ReturnType<typeof useSelected>;
  onSort(by: string): void;
  onClear(filters: DealsFilters): void;
  /** A letter pressed on a row; answers whether it meant something. */
  onKey(key: string, row: DealRow, element: HTMLElement): boolean;
  /** Shows a deal beside the list. */
  onPeek(row: DealRow): void;
}) {
  const router = useRouter();
  const me = useMe();
  const [density] = useDensity();
  const soon = useDealSoon();
  const columns = useMemo(() => orderedColumns(params.columns), [params.columns]);
  const onRowKey = (event: KeyboardEvent, row: DealRow) => {
    if ((event.metaKey || event.ctrlKey) && event.key === "a") {
      event.preventDefault();
      selecting.toggleAll();
    }
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (onKey(event.key.toLowerCase(), row, event.currentTarget as HTMLElement)) event.preventDefault();
  };
  return (
    <DataTable
      label="Deals"
      kind="deal"
      columns={columns}
      rows={rows}
      rowId={rowId}
      total={answer?.more ? undefined : (answer?.total ?? undefined)}
      visibility={Object.fromEntries(awayColumns(params, openedOf(answer, rows)).map((id) => [id, false]))}
      dense={density === "compact"}
      sort={{ by: params.sort, dir: params.dir }}
      onSort={onSort}
      selected={selecting.selected}
      onReach={(from, to) => selecting.reach(from.id, to.id)}
      onOpen={(row) => router.push(`/deals/${encodeURIComponent(row.id)}`)}
      onRowKey={onRowKey}
      onRowFocus={params.peek === null ? undefined : onPeek}
      onRowNear={({ id }) => soon(id)}
      onNearEnd={onNearEnd}
      narrow={(row) => (
        <NarrowDeal row={row} currency={me?.reportingCurrency} me={me?.user.ownerName ?? null} />
      )}
      empty={<DealsEmpty params={params} onClear={onClear} />}
      foot={
        <Total answer={answer} params={params} order={orderWords(params)} isRefreshing={list.isFetching} />
      }
    />
  );
}

/** What an opened number wants to see of its deals. */
function openedOf(answer: Deals["answer"], rows: readonly DealRow[]) {
  return answer?.opened ? { adds: answer.opened.adds, sets: rows.some(({ set }) => set !== null) } : null;
}

/** What could not be added up, by name, and where a rate is entered. */
function MissingRates({ rates: { quarter, missing } }: { rates: { quarter: string; missing: string[] } }) {
  const reporting = useMe()?.reportingCurrency;
  return (
    <span>
      Not added up: no rate from {list(missing)} to {reporting} for {quarter}.{" "}
      <Link href="/settings/finance" className="rounded-sm text-accent-ink underline underline-offset-2">
        Enter it
      </Link>
    </span>
  );
}

function Total({
  answer,
  params,
  order,
  isRefreshing,
}: {
  answer: Deals["answer"];
  params: DealsParams;
  order: string;
  isRefreshing: boolean;
}) {
  const all = useTotals(params);
  const counted = answer?.more ? all.totals : answer;
  const total = counted?.total ?? answer?.total ?? 0;
  const isCounting = answer?.more && all.isCounting;
  return (
    <>
      <span className="tabular">
        {answer?.more && !counted && "More than "}
        {count(total, "deal")}
        {total > 1 && `, ${order}`}
        {isRefreshing && " · refreshing"}
      </span>
      <span className="flex items-center gap-2">
        {counted?.sum ? (
          <>
            Total
            <WholeMoney
              amount={counted.sum.amount}
              currency={counted.sum.currency}
              list={undefined}
              className="font-semibold text-ink text-sm"
            />
            {counted.rates && `at the rates of ${counted.rates.quarter}`}
          </>
        ) : answer?.more && !counted ? (
          <Button size="small" look="quiet" isPending={isCounting} onPress={all.count}>
            {all.failed ? "Not added up: try again" : "Add up all"}
          </Button>
        ) : (
          counted?.rates && <MissingRates rates={counted.rates} />
        )}
      </span>
    </>
  );
}

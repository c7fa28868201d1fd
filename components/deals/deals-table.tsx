"use client";

import { useRouter } from "next/navigation";
import type { KeyboardEvent } from "react";
import { WholeMoney } from "@/components/shared/money";
import { useMe } from "@/components/shared/use-me";
import { DataTable } from "@/components/ui/data-table";
import { count } from "@/lib/text/words";
import type { DealRow } from "./deal-row";
import { awayColumns, DEAL_COLUMNS } from "./deals-columns";
import { DealsEmpty } from "./deals-empty";
import { type DealsFilters, type DealsParams, isFiltered, orderWords } from "./deals-filters";
import { NarrowDeal } from "./narrow-deal";
import type { useSelected } from "./selection";
import type { Deals } from "./use-deals";

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
      columns={DEAL_COLUMNS}
      rows={rows}
      rowId={rowId}
      total={answer?.more ? undefined : (answer?.total ?? undefined)}
      visibility={Object.fromEntries(awayColumns(params, openedOf(answer, rows)).map((id) => [id, false]))}
      sort={{ by: params.sort, dir: params.dir }}
      onSort={onSort}
      selected={selecting.selected}
      onReach={(from, to) => selecting.reach(from.id, to.id)}
      onOpen={(row) => router.push(`/deals/${encodeURIComponent(row.id)}`)}
      onRowKey={onRowKey}
      onRowFocus={params.peek === null ? undefined : onPeek}
      onNearEnd={onNearEnd}
      narrow={(row) => (
        <NarrowDeal row={row} currency={me?.reportingCurrency} me={me?.user.ownerName ?? null} />
      )}
      empty={<DealsEmpty filtered={isFiltered(params)} onClear={onClear} />}
      foot={<Total answer={answer} order={orderWords(params)} isRefreshing={list.isFetching} />}
    />
  );
}

/** What an opened number wants to see of its deals. */
function openedOf(answer: Deals["answer"], rows: readonly DealRow[]) {
  return answer?.opened ? { adds: answer.opened.adds, sets: rows.some(({ set }) => set !== null) } : null;
}

function Total({
  answer,
  order,
  isRefreshing,
}: {
  answer: Deals["answer"];
  order: string;
  isRefreshing: boolean;
}) {
  const total = answer?.total ?? 0;
  return (
    <>
      <span className="tabular">
        {answer?.more && "More than "}
        {count(total, "deal")}
        {total > 1 && `, ${order}`}
        {isRefreshing && " · refreshing"}
      </span>
      <span className="flex items-center gap-2">
        {answer?.sum ? (
          <>
            Total
            <WholeMoney
              amount={answer.sum.amount}
              currency={answer.sum.currency}
              list={undefined}
              className="font-semibold text-ink text-sm"
            />
          </>
        ) : (
          total > 0 && (answer?.more ? "Narrow them to add them up" : "Several currencies: not added up")
        )}
      </span>
    </>
  );
}

"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo, useRef, useState } from "react";
import { Money } from "@/components/shared/money";
import { PolicyState } from "@/components/shared/policy-state";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DataTable } from "@/components/ui/data-table";
import { ErrorState } from "@/components/ui/error-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { say, sayProblem } from "@/components/ui/toasts";
import { api, type Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import { ClosingSoon } from "./closing-soon";
import { type DealRow, NarrowDeal } from "./deal-row";
import { DEAL_COLUMNS, HIDEABLE } from "./deals-columns";
import { downloadCsv } from "./deals-csv";
import { DealsEmpty } from "./deals-empty";
import { DEALS_PARAMS, type DealsFilters, isFiltered, listInput, PAGE, type SORTS } from "./deals-filters";
import { FilterBar } from "./filter-bar";
import { SelectionProvider } from "./selection";
import { Views } from "./views-strip";

const TagPopover = onDemand(() => import("./tag-popover").then((m) => m.TagPopover));
const BulkBar = onDemand(() => import("./bulk-bar").then((m) => m.BulkBar));
// Its words come with the definitions of every metric, which the list itself does not need.
const NumberBanner = dynamic(() => import("./number-banner").then((m) => m.NumberBanner));

const NOTHING: ReadonlySet<string> = new Set();
const rowId = (row: DealRow) => row.id;
const narrow = (row: DealRow) => <NarrowDeal row={row} />;

/** Which of my deals need a partner decision? `first` is the server's answer for the address asked. */
export function DealsPage({ first }: { first: Outputs["dealsList"] | null }) {
  const router = useRouter();
  const me = useMe();
  const { logActivity } = useShell();
  const [params, setParams] = useQueryStates(DEALS_PARAMS, { history: "push" });
  const search = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(NOTHING);
  const [tagging, setTagging] = useState<{ row: DealRow; anchor: HTMLElement } | null>(null);
  const [isExporting, setExporting] = useState(false);

  const input = listInput(params);
  const [firstInput] = useState(() => JSON.stringify(input));
  const list = useInfiniteQuery({
    ...api.dealsList.infiniteOptions({
      input: (offset: number) => ({ ...input, offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (last, pages) => {
        const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
        return loaded < last.total && last.rows.length > 0 ? loaded : undefined;
      },
    }),
    placeholderData: keepPreviousData,
    ...(first &&
      JSON.stringify(input) === firstInput && { initialData: { pages: [first], pageParams: [0] } }),
  });
  const answer = list.data?.pages.at(-1);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);

  const setFilters = useCallback(
    (filters: DealsFilters) => {
      setSelected(NOTHING);
      setParams(filters);
    },
    [setParams],
  );
  const onSort = (by: string) =>
    setParams({
      sort: by as (typeof SORTS)[number],
      dir: params.sort === by && params.dir === "desc" ? "asc" : "desc",
    });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);

  const toggle = useCallback(
    (id: string) =>
      setSelected((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const tagAt = useCallback(
    (id: string, anchor: HTMLElement) => {
      const row = byId.get(id);
      if (row) setTagging({ row, anchor });
    },
    [byId],
  );
  const selection = useMemo(() => ({ selected, toggle, tagAt }), [selected, toggle, tagAt]);

  const noPartner = useWrite("confirmNoPartner", {
    undo: true,
    tried: () => "no partner involved",
    said: (_, { dealId }) => `No partner involved on ${byId.get(dealId)?.account ?? dealId}`,
  });
  const noPartners = useWrite("confirmNoPartners", {
    undo: true,
    said: ({ answer: { dealIds } }) => ({
      message: `No partner involved on ${count(dealIds.length, "deal")}`,
    }),
    onDone: () => setSelected(NOTHING),
  });
  /** Of the row in focus, or of all that are selected when it is one of them: one write, one undo. */
  const sayNoPartner = (row?: DealRow) => {
    if (row && !selected.has(row.id)) noPartner.mutate({ dealId: row.id, version: row.version });
    else if (selected.size > 0) noPartners.mutate({ dealIds: [...selected] });
  };

  useKeys({ "/": () => search.current?.focus() });

  const hidden = params.hide;
  // One's own deals all have the same owner.
  const away = params.scope === "mine" ? [...hidden, "owner"] : hidden;
  const visibility = Object.fromEntries(away.map((id) => [id, false]));
  const shown = ["account", ...HIDEABLE.map(({ id }) => id).filter((id) => !away.includes(id))];

  const exportCsv = async () => {
    setExporting(true);
    try {
      const exported = await downloadCsv(input, shown, `deals-${me?.today ?? ""}.csv`);
      say(`${count(exported, "deal")} exported`);
    } catch (error) {
      sayProblem(error);
    }
    setExporting(false);
  };

  const mayTag = mayEver(me, "role.add");

  return (
    <SelectionProvider value={selection}>
      <PageHeader
        title="Deals"
        beside={me && !params.number && <PolicyState policy={me.policy} />}
        actions={
          <>
            {mayEver(me, "activity.log") && (
              <Button icon="activity" onPress={() => logActivity()}>
                Log activity
              </Button>
            )}
            <FilterMenu label="Columns" icon="columns">
              <div className="flex flex-col gap-2 p-1">
                {HIDEABLE.map(({ id, name }) => (
                  <Checkbox
                    key={id}
                    isSelected={!hidden.includes(id)}
                    onChange={(shown) => {
                      const next = shown ? hidden.filter((one) => one !== id) : [...hidden, id];
                      setParams({ hide: next });
                    }}
                  >
                    {name}
                  </Checkbox>
                ))}
              </div>
            </FilterMenu>
            <IconButton
              label="Export this view as CSV"
              icon="export"
              onPress={exportCsv}
              isPending={isExporting}
            />
          </>
        }
      />
      <Views params={params} setFilters={setFilters} />
      {params.number && <NumberBanner params={params} answer={answer} />}
      {!params.number && !isFiltered(params) && <ClosingSoon mine={Boolean(me?.user.ownerName)} />}
      <FilterBar params={params} setFilters={setFilters} search={search} />
      {list.isPending ? (
        <div className="px-4 sm:px-6">
          <SkeletonRows rows={14} label="Loading deals" />
        </div>
      ) : list.error && rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : (
        <DataTable
          label="Deals"
          kind="deal"
          columns={DEAL_COLUMNS}
          rows={rows}
          rowId={rowId}
          total={answer?.total}
          visibility={visibility}
          sort={{ by: params.sort, dir: params.dir }}
          onSort={onSort}
          selected={selected}
          onOpen={(row) => router.push(`/deals/${encodeURIComponent(row.id)}`)}
          onRowKey={(event, row) => {
            const key = event.key.toLowerCase();
            if (event.metaKey || event.ctrlKey || event.altKey) return;
            if (key === "x" || key === " ") toggle(row.id);
            else if (key === "t" && mayTag) setTagging({ row, anchor: event.currentTarget as HTMLElement });
            else if (key === "n" && mayEver(me, "deal.confirm_no_partner")) sayNoPartner(row);
            else return;
            event.preventDefault();
          }}
          onNearEnd={onNearEnd}
          narrow={narrow}
          empty={<DealsEmpty filtered={isFiltered(params)} onClear={setFilters} />}
          foot={
            <>
              <span className="tabular">
                {count(answer?.total ?? 0, "deal")}
                {list.isFetching && " · refreshing"}
              </span>
              <span className="flex items-center gap-2">
                {answer?.sum ? (
                  <>
                    Total
                    <Money
                      amount={answer.sum.amount}
                      currency={answer.sum.currency}
                      className="font-semibold text-ink text-sm"
                    />
                  </>
                ) : (
                  (answer?.total ?? 0) > 0 && "Several currencies: not added up"
                )}
              </span>
            </>
          }
        />
      )}
      {selected.size > 0 && (
        <BulkBar
          rows={rows.filter((row) => selected.has(row.id))}
          mayTag={mayTag}
          isSaying={noPartners.isPending}
          onNoPartner={() => sayNoPartner()}
          onClear={() => setSelected(NOTHING)}
        />
      )}
      {tagging && (
        <TagPopover
          key={tagging.row.id}
          deal={tagging.row}
          anchor={{ current: tagging.anchor }}
          onClose={() => {
            setTagging(null);
            tagging.anchor.focus();
          }}
        />
      )}
    </SelectionProvider>
  );
}

"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { usePrintWhole } from "@/components/ui/print-whole";
import { api, type Outputs } from "@/lib/api/client";
import { type DealsParams, listInput, PAGE } from "./deals-filters";

/** The deals an address asks for, page by page; `first` is the server's answer for the address of the first paint. */
export function useDeals(params: DealsParams, first: Outputs["dealsList"] | null) {
  const input = listInput(params);
  const { initialData } = useFirstAnswer(input, first);
  const list = useInfiniteQuery({
    ...api.dealsList.infiniteOptions({
      input: (after: string | undefined) => ({ ...input, after, limit: PAGE }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
    }),
    placeholderData: keepPreviousData,
    ...(initialData && { initialData: { pages: [initialData], pageParams: [undefined] } }),
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  usePrintWhole(list, PAGE);
  // The first page says how many there are and what they add up to.
  return { list, answer: list.data?.pages[0], rows, byId, onNearEnd };
}

/** Of more deals than a list counts, how many there are and what they add up to: counted when somebody asks. */
export function useTotals(params: DealsParams) {
  const { sort: _sort, dir: _dir, ...input } = listInput(params);
  const [asked, setAsked] = useState<string | null>(null);
  const address = JSON.stringify(input);
  const totals = useQuery({ ...api.dealsTotals.queryOptions({ input }), enabled: asked === address });
  return {
    totals: asked === address ? totals.data : undefined,
    isCounting: totals.isFetching,
    failed: asked === address && totals.isError,
    count: () => (asked === address ? void totals.refetch() : setAsked(address)),
  };
}

export type Deals = ReturnType<typeof useDeals>;

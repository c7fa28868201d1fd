"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api } from "@/lib/api/client";
import type { ReviewAnswer } from "./answers";

/** The cases past those that came with the review: asked for when somebody comes near, or wants to see them. */
export interface MoreCases {
  /** How many there are that are not here yet. */
  left: number;
  isPending: boolean;
  ask(): void;
}

/** The review with all of its cases that are here: a quarter with more than a page of them is read as one goes on. */
export function useReviewCases(review: ReviewAnswer): { review: ReviewAnswer; more: MoreCases } {
  const queries = useQueryClient();
  const { exceptions, quarter } = review;
  const first = exceptions.next;
  const [isAsked, setAsked] = useState(false);
  const list = useInfiniteQuery({
    ...api.reviewCases.infiniteOptions({
      input: (after: string | undefined) => ({ quarter: quarter.label, after }),
      initialPageParam: first ?? undefined,
      getNextPageParam: (last) => last.next ?? undefined,
    }),
    enabled: isAsked && first !== null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer of the review may be of other cases
  useEffect(() => {
    queries.invalidateQueries({ queryKey: api.reviewCases.key() });
  }, [exceptions, queries]);
  const { data, fetchNextPage, isFetching } = list;
  const pages = first === null ? undefined : data?.pages;
  const whole = useMemo(() => {
    const rows = [...exceptions.rows];
    const known = new Set(rows.map(({ id }) => id));
    for (const page of pages ?? [])
      for (const row of page.rows) if (!known.has(row.id)) rows.push(row) && known.add(row.id);
    return { ...review, exceptions: { ...exceptions, rows } };
  }, [review, exceptions, pages]);
  const hasMore = first !== null && (pages === undefined || pages.at(-1)?.next !== null);
  return {
    review: whole,
    more: {
      left: hasMore ? Math.max(1, exceptions.total - whole.exceptions.rows.length) : 0,
      isPending: isFetching,
      ask: () => {
        if (!hasMore || isFetching) return;
        if (isAsked) void fetchNextPage();
        else setAsked(true);
      },
    },
  };
}

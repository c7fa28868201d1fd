"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { api } from "@/lib/api/client";

/** A hand that goes over a row does not mean it; one that rests does. */
const RESTS_MS = 150;

type Prefetch = NonNullable<Parameters<ReturnType<typeof useRouter>["prefetch"]>[1]>;

/**
 * Asks for the deal that a hand or the focus rests on, so that it opens, and its why beside the list, at once. Its
 * page is kept by the router, what it shows by the queries, which every write makes stale.
 */
export function useDealSoon(): (dealId: string) => void {
  const queries = useQueryClient();
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (dealId) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        void queries.prefetchQuery(api.deal.queryOptions({ input: { dealId } }));
        void queries.prefetchQuery(api.why.queryOptions({ input: { dealId } }));
        router.prefetch(`/deals/${encodeURIComponent(dealId)}`, { kind: "full" as Prefetch["kind"] });
      }, RESTS_MS);
    },
    [queries, router],
  );
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSettled } from "@/components/ui/use-settled";
import { type Inputs, type Outputs, rehearsalOf, type Writes } from "@/lib/api/client";

/** How one deal stands without a write and with it. */
export type RehearsedDeal = Outputs["rehearse"]["deals"][number];

/**
 * What a write would do, by the write's own door: asked anew once what is filled in has settled, and not
 * at all while it is null.
 */
export function useRehearsal<K extends Writes>(verb: K, input: Inputs[K] | null) {
  const settled = useSettled(input);
  return useQuery({
    ...rehearsalOf(verb, settled as Inputs[K]),
    enabled: input !== null && settled !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

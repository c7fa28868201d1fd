"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { api } from "@/lib/api/client";
import type { Entry } from "./palette-entry";

/** The saved views of the deals list, one's own and those that others share. */
export function useViews(): Entry[] {
  const router = useRouter();
  const { data } = useQuery({ ...api.savedViewsList.queryOptions({ input: {} }), staleTime: 60_000 });
  return (data?.views ?? []).map(({ id, name, address, by }) => ({
    id: `view:${id}`,
    label: name,
    icon: "filter",
    detail: by ? `deals, shared by ${by}` : "deals, saved by you",
    run: () => router.push(`/deals?${address}`),
  }));
}

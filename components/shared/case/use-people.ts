"use client";

import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

export interface Person {
  id: string;
  name: string;
}

const NOBODY: readonly Person[] = [];

/** Who may own a case or take it on: everybody who can sign in, by name. */
export function usePeople(): readonly Person[] {
  const answer = useQuery({ ...api.colleagues.queryOptions({ input: {} }), staleTime: 300_000 });
  return answer.data?.people ?? NOBODY;
}

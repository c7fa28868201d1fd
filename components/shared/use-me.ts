"use client";

import { useQuery } from "@tanstack/react-query";
import { api, type Outputs } from "@/lib/api/client";
import type { Permission } from "@/lib/auth/permissions";

export type Me = Outputs["me"];

/** Who is signed in and the company's settings; the shell brought the first answer with the page. */
export function useMe(): Me | undefined {
  return useQuery(api.me.queryOptions({ input: {}, staleTime: 60_000 })).data;
}

/** Whether this person's role holds a permission at all; whether for this subject, the server says. */
export function mayEver(me: Me | undefined, permission: Permission): boolean {
  return me?.may[permission] !== undefined;
}

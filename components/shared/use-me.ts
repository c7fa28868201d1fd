"use client";

import { useQuery } from "@tanstack/react-query";
import { timeInWords } from "@/components/ui/time";
import { api, type Outputs } from "@/lib/api/client";
import type { Permission } from "@/lib/auth/permissions";
import { dayOfInstant } from "@/lib/company-day";

export type Me = Outputs["me"];

/** Who is signed in and the company's settings; the shell brought the first answer with the page. */
export function useMe(): Me | undefined {
  return useQuery(api.me.queryOptions({ input: {}, staleTime: 60_000 })).data;
}

/** The company's zone, in which every day and time is shown (§9 "Whose day it is"). */
export const useZone = (): string => useMe()?.timeZone ?? "UTC";

/** Reads the company's day of an instant. */
export function useDayOf(): (instant: string) => string {
  const zone = useZone();
  return (instant) => dayOfInstant(instant, zone);
}

/** Writes an instant as a clock of the company shows it: `4 Mar 2026, 15:04`. */
export function useTimeInWords(): (instant: string) => string {
  const zone = useZone();
  return (instant) => timeInWords(instant, zone);
}

/** Whether this person's role holds a permission at all; whether for this subject, the server says. */
export function mayEver(me: Me | undefined, permission: Permission): boolean {
  return me?.may[permission] !== undefined;
}

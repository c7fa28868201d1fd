import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useZone } from "@/components/shared/use-me";
import { companyDay } from "@/lib/company-day";

const LOOK_MS = 30_000;

/** A page left open over the company's midnight asks for everything again: today is another day. */
export function useDayTurn(): void {
  const queries = useQueryClient();
  const zone = useZone();
  useEffect(() => {
    let known = companyDay(Date.now(), zone);
    const timer = setInterval(() => {
      const day = companyDay(Date.now(), zone);
      if (day === known) return;
      known = day;
      void queries.invalidateQueries();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [queries, zone]);
}

"use client";

import { useWrite } from "@/components/shared/use-write";
import { count } from "@/lib/text/words";
import type { DealRow } from "./deal-row";

/** Says "no partner involved" of the row in focus, or of all that are selected when it is one of them: one write, one undo. */
export function useNoPartner(
  byId: ReadonlyMap<string, DealRow>,
  { selected, clear }: { selected: ReadonlySet<string>; clear(): void },
) {
  const one = useWrite("confirmNoPartner", {
    undo: true,
    tried: () => "no partner involved",
    said: (_, { dealId }) => `No partner involved on ${byId.get(dealId)?.account ?? dealId}`,
  });
  const many = useWrite("confirmNoPartners", {
    undo: true,
    said: ({ answer: { dealIds } }) => ({
      message: `No partner involved on ${count(dealIds.length, "deal")}`,
    }),
    onDone: clear,
  });
  return {
    isSaying: many.isPending,
    say: (row?: DealRow) => {
      if (row && !selected.has(row.id)) one.mutate({ dealId: row.id, version: row.version });
      else if (selected.size > 0) many.mutate({ dealIds: [...selected] });
    },
  };
}

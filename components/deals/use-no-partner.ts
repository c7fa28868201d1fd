"use client";

import { useWrite } from "@/components/shared/use-write";
import { say } from "@/components/ui/toasts";
import { count } from "@/lib/text/words";
import type { DealRow } from "./deal-row";

/** Says "no partner involved" of all that are selected, else of the row in focus: one write, one undo. */
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
  const sayOf = (row: DealRow) => {
    if (row.may.noPartner === true) one.mutate({ dealId: row.id, version: row.version });
    else say(`Not said of ${row.account ?? row.id}`, { detail: `${row.may.noPartner}.` });
  };
  return {
    isSaying: many.isPending,
    sayOf,
    say: (row?: DealRow) => {
      if (selected.size > 0) many.mutate({ dealIds: [...selected] });
      else if (row) sayOf(row);
    },
  };
}

"use client";

import { useRef } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { ROLE_WORDS } from "@/lib/attribution/words";
import type { DealRow } from "./deal-row";
import { useSelection } from "./selection";
import { tagHere } from "./tag-here";

/** What may be done to a deal where its row stands: confirm what waits, name a partner, or say that none is involved. */
export function RowActs({ row }: { row: DealRow }) {
  const { tagAt, sayNoPartner } = useSelection();
  const confirm = useConfirm(row);
  const box = useRef<HTMLDivElement>(null);
  const name = row.account ?? row.id;
  const mayTag = tagHere(row) === true;
  const waiting = row.may.confirm.filter(({ may }) => may === true);
  const asks = row.status === "to_decide" && row.may.noPartner === true;
  if (waiting.length === 0 && !asks && !mayTag) return null;
  return (
    <div ref={box} className="flex flex-wrap gap-2 max-md:flex-col max-md:[&_button]:h-11">
      {waiting.map(({ rowId }) => {
        const partner = row.partners.find((one) => one.rowId === rowId);
        return (
          <Button
            key={rowId}
            look="primary"
            icon="check"
            isPending={confirm.isPending}
            onPress={() => confirm.mutate({ rowId })}
          >
            Confirm {partner?.name}
            {partner?.role && ` as ${ROLE_WORDS[partner.role].label.toLowerCase()}`}
          </Button>
        );
      })}
      {mayTag && (
        <Button
          icon="tag"
          aria-label={`Tag partner on ${name}`}
          onPress={() => box.current && tagAt(row, box.current)}
        >
          Tag partner
        </Button>
      )}
      {asks && (
        <Button aria-label={`No partner involved on ${name}`} onPress={() => sayNoPartner(row)}>
          No partner
        </Button>
      )}
    </div>
  );
}

function useConfirm(row: DealRow) {
  return useWrite("confirmRole", {
    undo: true,
    said: (_, { rowId }) =>
      `${row.partners.find((one) => one.rowId === rowId)?.name ?? "The row"} confirmed on ${row.account ?? row.id}`,
  });
}

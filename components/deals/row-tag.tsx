"use client";

import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import type { DealRow } from "./deal-row";
import { useSelection } from "./selection";
import { tagHere } from "./tag-here";

const LOOK =
  "inline-flex h-5.5 items-center gap-1 rounded-sm border border-line-strong bg-raised px-1.5 text-2xs text-ink-2 hover:border-accent hover:text-accent-ink";

/** The partners cell: its chips, and over its end, while the row is pointed at or in focus, what may be done. */
export function RowTag({ row, chips }: { row: DealRow; chips: ReactNode }) {
  const { tagAt, sayNoPartner } = useSelection();
  const name = row.account ?? row.id;
  const asks = row.status === "to_decide";
  return (
    <span className="relative flex min-w-0 items-center gap-1.5">
      {chips}
      {(tagHere(row) === true || asks) && (
        <span className="absolute right-0 flex gap-1 opacity-0 focus-within:opacity-100 group-hover/row:opacity-100 group-focus/row:opacity-100 [@media(hover:none)]:opacity-100">
          {tagHere(row) === true && (
            <button
              type="button"
              tabIndex={-1}
              aria-label={`Tag partner on ${name}`}
              onClick={(event) => tagAt(row, event.currentTarget)}
              className={LOOK}
            >
              <Icon name="plus" className="size-3" />
              Partner
            </button>
          )}
          {asks && row.may.noPartner === true && (
            <button
              type="button"
              tabIndex={-1}
              aria-label={`No partner involved on ${name}`}
              onClick={() => sayNoPartner(row)}
              className={LOOK}
            >
              No partner
            </button>
          )}
        </span>
      )}
    </span>
  );
}

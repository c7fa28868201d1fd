"use client";

import type { ReactNode } from "react";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Icon } from "@/components/ui/icon";
import type { DealRow } from "./deal-row";
import { useSelection } from "./selection";

/** The partners cell: its chips, and the button that names one more. */
export function RowTag({ row, chips }: { row: DealRow; chips: ReactNode }) {
  const me = useMe();
  const { tagAt } = useSelection();
  return (
    <span className="flex items-center gap-1.5">
      {row.partners.length > 0 && chips}
      {mayEver(me, "role.add") && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Tag partner on ${row.account ?? row.id}`}
          onClick={(event) => tagAt(row.id, event.currentTarget)}
          className={
            "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm border border-line-strong border-dashed px-1.5 text-2xs text-ink-3 " +
            "hover:border-accent hover:text-accent-ink group-hover/row:text-ink-2"
          }
        >
          <Icon name="plus" className="size-3" />
          {row.partners.length === 0 && "Tag partner"}
        </button>
      )}
    </span>
  );
}

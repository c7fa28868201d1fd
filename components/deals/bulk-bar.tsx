"use client";

import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

/** What can be done to the selected rows, over the table's foot. */
export function BulkBar({
  count,
  isSaying,
  onTag,
  onNoPartner,
  onClear,
}: {
  count: number;
  /** Whether "no partner involved" is being written. */
  isSaying: boolean;
  onTag(): void;
  onNoPartner(): void;
  onClear(): void;
}) {
  const me = useMe();
  return (
    <div
      role="toolbar"
      aria-label="Selected deals"
      className="overlay-in fixed inset-x-2 bottom-12 z-30 mx-auto flex w-fit flex-wrap items-center justify-center gap-2 print:hidden rounded-lg bg-raised px-3 py-2 shadow-overlay"
    >
      <span className="tabular whitespace-nowrap pr-1 font-medium">{count} selected</span>
      {mayEver(me, "role.add") && (
        <Button size="small" look="primary" icon="tag" onPress={onTag}>
          Tag partner <Kbd keys="T" className="opacity-80 max-sm:hidden" />
        </Button>
      )}
      {mayEver(me, "deal.confirm_no_partner") && (
        <Button size="small" isPending={isSaying} onPress={onNoPartner}>
          No partner involved <Kbd keys="N" className="max-sm:hidden" />
        </Button>
      )}
      <Button size="small" look="quiet" onPress={onClear}>
        Clear
      </Button>
    </div>
  );
}

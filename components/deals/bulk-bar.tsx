"use client";

import { useState } from "react";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import type { DealRow } from "./deal-row";

const BulkTagDialog = onDemand(() => import("./bulk-tag-dialog").then((m) => m.BulkTagDialog));

/** What can be done to the selected rows, over the table's foot. */
export function BulkBar({
  rows,
  mayTag,
  isSaying,
  onNoPartner,
  onClear,
}: {
  rows: readonly DealRow[];
  mayTag: boolean;
  /** Whether "no partner involved" is being written. */
  isSaying: boolean;
  onNoPartner(): void;
  onClear(): void;
}) {
  const me = useMe();
  const [isTagging, setTagging] = useState(false);
  return (
    <div
      role="toolbar"
      aria-label="Selected deals"
      className="overlay-in fixed inset-x-2 bottom-12 z-30 mx-auto flex w-fit flex-wrap items-center justify-center gap-2 rounded-lg bg-raised px-3 py-2 shadow-overlay"
    >
      <span className="tabular whitespace-nowrap pr-1 font-medium">{rows.length} selected</span>
      {mayTag && (
        <Button size="small" look="primary" icon="tag" onPress={() => setTagging(true)}>
          Tag partner
        </Button>
      )}
      {mayEver(me, "deal.confirm_no_partner") && (
        <Button size="small" isPending={isSaying} onPress={onNoPartner}>
          No partner involved
        </Button>
      )}
      <Button size="small" look="quiet" onPress={onClear}>
        Clear
      </Button>
      {isTagging && (
        <BulkTagDialog
          rows={rows}
          onClose={(done) => {
            setTagging(false);
            if (done) onClear();
          }}
        />
      )}
    </div>
  );
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { mayEver, useMe } from "@/components/shell/use-me";
import { useUndo } from "@/components/shell/use-write";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { say, sayProblem } from "@/components/ui/toasts";
import { client } from "@/lib/api/client";
import type { DealRow } from "./deal-row";

const BulkTagDialog = onDemand(() => import("./bulk-tag-dialog").then((m) => m.BulkTagDialog));

/** What can be done to the selected rows, over the table's foot. */
export function BulkBar({
  rows,
  mayTag,
  onClear,
}: {
  rows: readonly DealRow[];
  mayTag: boolean;
  onClear(): void;
}) {
  const me = useMe();
  const queries = useQueryClient();
  const takeBack = useUndo();
  const [isTagging, setTagging] = useState(false);
  const [isSaying, setSaying] = useState(false);

  const noPartner = async () => {
    setSaying(true);
    const requests: string[] = [];
    let problem: unknown = null;
    for (const row of rows) {
      try {
        requests.push((await client.confirmNoPartner({ dealId: row.id, version: row.version })).request);
      } catch (error) {
        problem = error;
      }
    }
    setSaying(false);
    await queries.invalidateQueries();
    if (requests.length > 0)
      say(`No partner involved on ${requests.length} ${requests.length === 1 ? "deal" : "deals"}`, {
        undo: () => takeBack(requests),
      });
    if (problem) sayProblem(problem);
    onClear();
  };

  return (
    <div
      role="toolbar"
      aria-label="Selected deals"
      className="overlay-in fixed bottom-12 left-1/2 z-30 flex -translate-x-1/2 items-center gap-2 rounded-lg bg-raised px-3 py-2 shadow-overlay"
    >
      <span className="tabular whitespace-nowrap pr-1 font-medium">{rows.length} selected</span>
      {mayTag && (
        <Button size="small" look="primary" icon="tag" onPress={() => setTagging(true)}>
          Tag partner
        </Button>
      )}
      {mayEver(me, "deal.confirm_no_partner") && (
        <Button size="small" isPending={isSaying} onPress={noPartner}>
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

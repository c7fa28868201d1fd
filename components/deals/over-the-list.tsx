"use client";

import { onDemand } from "@/components/ui/on-demand";
import type { DealRow } from "./deal-row";
import type { useRowActs } from "./use-row-acts";

const TagPopover = onDemand(() => import("./tag-popover").then((m) => m.TagPopover));
const BulkTagDialog = onDemand(() => import("./bulk-tag-dialog").then((m) => m.BulkTagDialog));
const RaiseExceptionDialog = onDemand(() =>
  import("@/components/shared/case/raise-exception-dialog").then((m) => m.RaiseExceptionDialog),
);

/** The forms that stand over the list while something is tagged or raised. */
export function OverTheList({
  acts: { tagging, isTaggingMany, raising, raised, close },
  rows,
  onDone,
}: {
  acts: ReturnType<typeof useRowActs>;
  /** Those selected. */
  rows: readonly DealRow[];
  /** Something was done to all of them. */
  onDone(): void;
}) {
  const [about] = raising;
  return (
    <>
      {tagging && <TagPopover key={tagging.deal.id} {...tagging} onClose={close} />}
      {isTaggingMany && (
        <BulkTagDialog
          rows={rows}
          onClose={(done) => {
            close();
            if (done) onDone();
          }}
        />
      )}
      {about && <RaiseExceptionDialog key={about.id} deal={about} onClose={raised} />}
    </>
  );
}

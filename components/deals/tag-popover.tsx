"use client";

import type { RefObject } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { TagForm, type TaggedDeal } from "@/components/shared/tag-form";
import { Popover } from "@/components/ui/popover";

/** The tag form beside the row it is about. */
export function TagPopover({
  deal,
  anchor,
  onClose,
}: {
  deal: TaggedDeal;
  anchor: RefObject<HTMLElement | null>;
  onClose(): void;
}) {
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      // It waits below the dialog that enters a partner whose name was typed here.
      shouldCloseOnInteractOutside={(there) => there.closest("[role=dialog]") === null}
      placement="bottom end"
      className="z-30! w-[30.5rem] max-w-[calc(100vw-1.5rem)]"
    >
      <Dialog className="max-h-[inherit] overflow-auto p-4 outline-none">
        <Heading slot="title" className="mb-3 font-semibold text-base">
          Tag partner <span className="font-normal text-ink-2">on {deal.account ?? deal.id}</span>
        </Heading>
        <TagForm deal={deal} onDone={onClose} />
      </Dialog>
    </Popover>
  );
}

"use client";

import type { ReactNode, RefObject } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Popover } from "./popover";

/** What a PopoverButton opens; loaded when somebody is there to press it. */
export function PopoverSheet({
  label,
  trigger,
  onClose,
  className,
  sheetClassName,
  children,
}: {
  label: string;
  trigger: RefObject<HTMLElement | null>;
  onClose(): void;
  className?: string;
  sheetClassName?: string;
  children: ReactNode;
}) {
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      className={className}
    >
      <Dialog aria-label={label} className={sheetClassName}>
        {children}
      </Dialog>
    </Popover>
  );
}

"use client";

import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { IconButton } from "./button";
import { classNames } from "./class-names";

const WIDTHS = { narrow: "max-w-sm", medium: "max-w-lg", wide: "max-w-2xl" } as const;

export interface DialogSheetProps {
  title: string;
  onClose(): void;
  width?: keyof typeof WIDTHS;
  /** A question that must be answered: clicking beside it does not dismiss it. */
  role?: "dialog" | "alertdialog";
  children: ReactNode;
  /** Buttons, least to most wanted. */
  actions?: ReactNode;
  notes?: ReactNode;
  /** Whether a click beside it closes it; Escape always does. */
  isDismissable?: boolean;
}

/** The open Dialog; loaded when somebody is there to open it. */
export function DialogSheet({
  title,
  onClose,
  width = "medium",
  role = "dialog",
  children,
  actions,
  notes,
  isDismissable = role === "dialog",
}: DialogSheetProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-black/35 px-3 py-[8dvh]"
    >
      <Modal className={classNames("overlay-in w-full rounded-lg bg-raised shadow-overlay", WIDTHS[width])}>
        <AriaDialog role={role} className="flex flex-col outline-none">
          <header className="flex items-center justify-between gap-4 px-5 pt-4">
            <Heading slot="title" className="font-semibold text-lg">
              {title}
            </Heading>
            <IconButton label="Close" icon="close" size="small" onPress={onClose} />
          </header>
          <div className="px-5 pt-3 pb-5">{children}</div>
          {(actions || notes) && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">
              {notes && <div className="mr-auto text-ink-3 text-xs">{notes}</div>}
              {actions}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

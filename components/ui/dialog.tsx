"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import type { DialogSheetProps } from "./dialog-sheet";
import { onDemand } from "./on-demand";

const DialogSheet = onDemand(() => import("./dialog-sheet").then((m) => m.DialogSheet));

export interface DialogProps extends DialogSheetProps {
  isOpen: boolean;
}

/** A modal sheet: title, body, actions. Escape closes it, focus returns to where it came from. */
export function Dialog({ isOpen, ...rest }: DialogProps) {
  return isOpen && <DialogSheet {...rest} />;
}

/** Asks before something that cannot be taken back in a toast. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  isOpen,
  isPending,
  danger,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  confirm: string;
  isOpen: boolean;
  isPending?: boolean;
  danger?: boolean;
  onConfirm(): void;
  onClose(): void;
}) {
  return (
    <Dialog
      title={title}
      role="alertdialog"
      width="narrow"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look={danger ? "danger" : "primary"} onPress={onConfirm} isPending={isPending} autoFocus>
            {confirm}
          </Button>
        </>
      }
    >
      <div className="text-ink-2">{children}</div>
    </Dialog>
  );
}

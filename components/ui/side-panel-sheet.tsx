"use client";

import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { IconButton } from "./button";

export interface SidePanelProps {
  title: ReactNode;
  lead?: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/** The open SidePanel; loaded when somebody is there to open it. */
export function SidePanelSheet({ title, lead, onClose, children }: SidePanelProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex justify-end bg-black/25"
    >
      <Modal className="overlay-in h-dvh w-full max-w-136 bg-raised shadow-overlay">
        <AriaDialog className="flex h-full flex-col outline-none">
          <header className="flex items-start justify-between gap-4 border-line border-b px-5 pt-4 pb-3">
            <div className="min-w-0">
              <Heading slot="title" className="font-semibold text-lg">
                {title}
              </Heading>
              {lead && <div className="text-ink-2">{lead}</div>}
            </div>
            <IconButton label="Close" icon="close" size="small" onPress={onClose} />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-6">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyLink } from "@/components/ui/copy-link";
import { Dialog } from "@/components/ui/dialog";

/** A secret that was just made, this once, with a way to take it along. */
export function ShownOnce({
  title,
  secret,
  copy,
  onClose,
  children,
}: {
  title: string;
  secret: string;
  /** What the button that copies says. */
  copy: string;
  onClose(): void;
  /** Where it belongs, and for how long it works. */
  children: ReactNode;
}) {
  return (
    <Dialog
      title={title}
      width="narrow"
      isOpen
      onClose={onClose}
      actions={
        <>
          <CopyLink text={secret} says={copy} />
          <Button look="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <p className="tabular select-all break-all rounded-md border border-line bg-sunken px-4 py-3 font-mono text-xs">
        {secret}
      </p>
      <p className="mt-3 text-pretty text-ink-2">{children}</p>
    </Dialog>
  );
}

"use client";

import { type ReactNode, useRef, useState } from "react";
import { onDemand } from "./on-demand";

const PopoverSheet = onDemand(() => import("./popover-sheet").then((m) => m.PopoverSheet));

/** A button that opens a raised sheet below it. */
export function PopoverButton({
  label,
  button,
  buttonClassName,
  className,
  sheetClassName,
  children,
}: {
  /** Names the sheet. */
  label: string;
  button: ReactNode;
  buttonClassName: string;
  className?: string;
  sheetClassName: string;
  children: ReactNode;
}) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={trigger}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className={buttonClassName}
      >
        {button}
      </button>
      {isOpen && (
        <PopoverSheet
          label={label}
          trigger={trigger}
          onClose={() => setOpen(false)}
          className={className}
          sheetClassName={sheetClassName}
        >
          {children}
        </PopoverSheet>
      )}
    </>
  );
}

"use client";

import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./icon";
import { PopoverButton } from "./popover-button";

/** A filter's button: says what it is set to, opens the choices. */
export function FilterMenu({
  label,
  value,
  icon = "chevronDown",
  wideOnly,
  children,
}: {
  label: string;
  /** What it is set to, in words; null when it does not narrow. */
  value?: string | null;
  icon?: IconName;
  /** Of use only where there is a table. */
  wideOnly?: boolean;
  children: ReactNode;
}) {
  return (
    <PopoverButton
      label={label}
      buttonClassName={classNames(
        "inline-flex h-7 max-w-56 items-center gap-1 rounded-md border px-2 text-xs transition-colors",
        wideOnly && "max-md:hidden",
        !value && "print:hidden",
        value
          ? "border-accent/40 bg-accent-soft text-accent-ink"
          : "border-line-strong border-dashed text-ink-2 hover:bg-hover",
      )}
      button={
        <>
          <span className="truncate">
            {label}
            {value && <span className="font-medium">: {value}</span>}
          </span>
          <Icon name={icon} className="size-3" />
        </>
      }
      className="min-w-48 max-w-80"
      sheetClassName="max-h-96 overflow-auto p-2 outline-none"
    >
      {children}
    </PopoverButton>
  );
}

"use client";

import { Popover as AriaPopover, type PopoverProps } from "react-aria-components/Popover";
import { classNames } from "./class-names";

/** A raised sheet beside what opened it. */
export function Popover({ className, ...rest }: Omit<PopoverProps, "className"> & { className?: string }) {
  return (
    <AriaPopover
      offset={4}
      {...rest}
      className={classNames("overlay-in rounded-lg bg-raised shadow-overlay outline-none", className)}
    />
  );
}

/** One row of a list in a popover: option of a select, of a combobox, of the palette, or a menu's item. */
export const OPTION =
  "flex min-h-7 pointer-coarse:min-h-10 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-ink text-sm outline-none " +
  "focus:bg-hover hover:bg-hover selected:font-medium disabled:text-ink-3";

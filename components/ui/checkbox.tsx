"use client";

import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox, type CheckboxProps } from "react-aria-components/Checkbox";
import { classNames } from "./class-names";
import { Icon } from "./icon";

/** A tick. Without children it needs an `aria-label`. */
export function Checkbox({
  children,
  className,
  ...rest
}: Omit<CheckboxProps, "children" | "className"> & { children?: ReactNode; className?: string }) {
  return (
    <AriaCheckbox {...rest} className={classNames("group flex items-center gap-2 text-sm", className)}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span
            className={classNames(
              "flex size-4 shrink-0 items-center justify-center rounded-sm border transition-colors",
              isSelected || isIndeterminate
                ? "border-accent bg-accent text-on-accent"
                : "border-line-control bg-surface group-hover:border-ink-2",
              "group-focus-visible:outline-2 group-focus-visible:outline-accent group-focus-visible:outline-offset-1",
            )}
          >
            {isIndeterminate ? (
              <Icon name="minus" className="size-3" strokeWidth={2.4} />
            ) : (
              isSelected && <Icon name="check" className="size-3" strokeWidth={2.4} />
            )}
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}

"use client";

import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";

/** A tick. Without children it needs an `aria-label`. */
export function Checkbox({
  isSelected = false,
  isIndeterminate = false,
  isDisabled,
  onChange,
  children,
  className,
  ...rest
}: {
  isSelected?: boolean;
  isIndeterminate?: boolean;
  isDisabled?: boolean;
  onChange?(isSelected: boolean): void;
  children?: ReactNode;
  className?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  /** A form waits for its tick. */
  "data-unsettled"?: boolean;
}) {
  const on = isSelected || isIndeterminate;
  return (
    <label className={classNames("group flex items-center gap-2 text-sm", className)}>
      <span className="relative flex size-4 shrink-0">
        <input
          {...rest}
          type="checkbox"
          ref={(input) => {
            if (input) input.indeterminate = isIndeterminate;
          }}
          checked={isSelected}
          disabled={isDisabled}
          onChange={(event) => onChange?.(event.target.checked)}
          className={classNames(
            "size-4 appearance-none rounded-sm border transition-colors disabled:opacity-60",
            "focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-1",
            on ? "border-accent bg-accent" : "border-line-control bg-surface group-hover:border-ink-2",
          )}
        />
        {on && (
          <Icon
            name={isIndeterminate ? "minus" : "check"}
            className="pointer-events-none absolute inset-0 m-auto size-3 text-on-accent"
            strokeWidth={2.4}
          />
        )}
      </span>
      {children}
    </label>
  );
}

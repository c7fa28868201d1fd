"use client";

import { type ReactNode, useId, useRef, useState } from "react";
import { classNames } from "./class-names";
import { CONTROL, FIELD_LABEL } from "./field";
import { Icon } from "./icon";
import { onDemand } from "./on-demand";
import type { Choice } from "./select-list";

const SelectList = onDemand(() => import("./select-list").then((m) => m.SelectList));

export interface SelectProps<Value extends string> {
  label: string;
  labelHidden?: boolean;
  choices: readonly Choice<Value>[];
  value: Value | null;
  onChange(value: NoInfer<Value>): void;
  placeholder?: string;
  note?: ReactNode;
  problem?: string | null;
  isDisabled?: boolean;
  className?: string;
  autoFocus?: boolean;
}

/** One of a short closed list; for long ones see ComboBox. */
export function Select<Value extends string>({
  label,
  labelHidden,
  choices,
  value,
  onChange,
  placeholder = "Choose",
  note,
  problem,
  isDisabled,
  className,
  autoFocus,
}: SelectProps<Value>) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1", className)}>
      <label id={`${id}-label`} htmlFor={id} className={labelHidden ? "sr-only" : FIELD_LABEL}>
        {label}
      </label>
      <button
        ref={trigger}
        id={id}
        type="button"
        disabled={isDisabled}
        // biome-ignore lint/a11y/noAutofocus: the caller opened something whose first question this is
        autoFocus={autoFocus}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-labelledby={`${id}-value ${id}-label`}
        aria-describedby={problem || note ? `${id}-says` : undefined}
        aria-invalid={problem ? true : undefined}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setOpen(true);
        }}
        className={classNames(CONTROL, "flex items-center gap-1.5 text-left")}
      >
        <span id={`${id}-value`} className={classNames("min-w-0 flex-1 truncate", !chosen && "text-ink-3")}>
          {chosen?.label ?? placeholder}
        </span>
        <Icon name="chevronDown" className="size-3.5 text-ink-3" />
      </button>
      {(problem || note) && (
        <span id={`${id}-says`} className={classNames("text-xs", problem ? "text-danger" : "text-ink-3")}>
          {problem || note}
        </span>
      )}
      {isOpen && (
        <SelectList
          label={label}
          trigger={trigger}
          choices={choices}
          value={value}
          onChoose={(next) => next !== value && onChange(next as Value)}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

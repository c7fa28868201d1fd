"use client";

import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { classNames } from "./class-names";
import { CONTROL, FieldLabel, FieldNotes } from "./field";
import { Icon } from "./icon";
import { OPTION, Popover } from "./popover";

export interface Choice<Value extends string = string> {
  value: Value;
  label: string;
  /** One line that defines the choice. */
  note?: string;
}

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
  return (
    <AriaSelect
      value={value}
      onChange={(key) => key !== null && onChange(key as Value)}
      placeholder={placeholder}
      isDisabled={isDisabled}
      isInvalid={Boolean(problem)}
      autoFocus={autoFocus}
      className={classNames("flex min-w-0 flex-col gap-1", className)}
    >
      <FieldLabel hidden={labelHidden}>{label}</FieldLabel>
      <Button className={classNames(CONTROL, "flex items-center gap-1.5 text-left")}>
        <SelectValue className="min-w-0 flex-1 truncate placeholder-shown:text-ink-3 [&_[data-note]]:hidden" />
        <Icon name="chevronDown" className="size-3.5 text-ink-3" />
      </Button>
      <FieldNotes note={note} problem={problem} />
      <Popover className="min-w-(--trigger-width) max-w-80">
        <ListBox items={choices} className="max-h-80 overflow-auto p-1 outline-none">
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className={OPTION}>
              {({ isSelected }) => (
                <>
                  <span className="min-w-0 flex-1">
                    {choice.label}
                    {choice.note && (
                      <span data-note className="block font-normal text-ink-3 text-xs">
                        {choice.note}
                      </span>
                    )}
                  </span>
                  {isSelected && <Icon name="check" className="size-3.5 text-accent" />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

"use client";

import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { FieldLabel, FieldNotes } from "./aria-field";
import { classNames } from "./class-names";
import { CONTROL } from "./field";
import { Icon } from "./icon";
import { OPTION, Popover } from "./popover";

export interface Found {
  id: string;
  name: string;
  /** What tells it from others of its name: an account, a kind, a day. */
  detail?: string;
}

export interface ComboFieldProps {
  label: string;
  labelHidden?: boolean;
  /** What matches the text so far; searched by the caller when `onSearch` is given, else filtered here. */
  items: readonly Found[];
  value: string | null;
  onChange(id: string | null): void;
  text?: string;
  onSearch?(text: string): void;
  placeholder?: string;
  note?: ReactNode;
  problem?: string | null;
  empty?: string;
  /** `focus` opens the list at once; `input` waits for typing, so that Enter can submit what is prefilled. */
  opens?: "focus" | "input";
  autoFocus?: boolean;
  isDisabled?: boolean;
  className?: string;
}

/** The ComboBox itself; loaded when one is shown. */
export function ComboField({
  label,
  labelHidden,
  items,
  value,
  onChange,
  text,
  onSearch,
  placeholder,
  note,
  problem,
  empty = "Nothing found",
  opens = "focus",
  autoFocus,
  isDisabled,
  className,
}: ComboFieldProps) {
  return (
    <AriaComboBox
      {...(onSearch
        ? { items, inputValue: text, onInputChange: onSearch }
        : { defaultItems: items, defaultInputValue: items.find((item) => item.id === value)?.name })}
      value={value}
      onChange={(key) => onChange(key === null ? null : String(key))}
      menuTrigger={opens}
      allowsEmptyCollection
      isInvalid={Boolean(problem)}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      className={classNames("flex min-w-0 flex-col gap-1", className)}
    >
      <FieldLabel hidden={labelHidden}>{label}</FieldLabel>
      <div className="relative">
        <Input
          placeholder={placeholder}
          onFocus={(event) => event.currentTarget.select()}
          className={classNames(CONTROL, "pr-8")}
        />
        <Button className="absolute inset-y-0 right-0 flex w-8 items-center justify-center text-ink-3">
          <Icon name="chevronDown" className="size-3.5" />
        </Button>
      </div>
      <FieldNotes note={note} problem={problem} />
      <Popover className="w-(--trigger-width) min-w-72">
        <ListBox<Found>
          className="max-h-72 overflow-auto p-1 outline-none"
          renderEmptyState={() => <p className="px-2 py-1.5 text-ink-3">{empty}</p>}
        >
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.name} className={OPTION}>
              <span className="min-w-0 flex-1 truncate">{item.name}</span>
              {item.detail && <span className="shrink-0 text-ink-3 text-xs">{item.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

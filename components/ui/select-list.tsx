"use client";

import type { RefObject } from "react";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Icon } from "./icon";
import { OPTION, Popover } from "./popover";

export interface Choice<Value extends string = string> {
  value: Value;
  label: string;
  /** One line that defines the choice. */
  note?: string;
}

/** What a Select opens; loaded when somebody is there to press it. */
export function SelectList({
  label,
  trigger,
  choices,
  value,
  onChoose,
  onClose,
}: {
  label: string;
  trigger: RefObject<HTMLElement | null>;
  choices: readonly Choice[];
  value: string | null;
  onChoose(value: string): void;
  onClose(): void;
}) {
  return (
    <Popover
      aria-label={label}
      trigger="Select"
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      className="min-w-(--trigger-width) max-w-80"
    >
      <ListBox
        aria-label={label}
        items={choices}
        selectionMode="single"
        selectedKeys={value === null ? [] : [value]}
        // The chosen one chosen again comes as nothing: it stays.
        onSelectionChange={(keys) => {
          const [key] = keys;
          if (key !== undefined) onChoose(String(key));
          onClose();
        }}
        autoFocus
        className="max-h-80 overflow-auto p-1 outline-none"
      >
        {(choice) => (
          <ListBoxItem id={choice.value} textValue={choice.label} className={OPTION}>
            {({ isSelected }) => (
              <>
                <span className="min-w-0 flex-1">
                  {choice.label}
                  {choice.note && <span className="block font-normal text-ink-3 text-xs">{choice.note}</span>}
                </span>
                {isSelected && <Icon name="check" className="size-3.5 text-accent" />}
              </>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

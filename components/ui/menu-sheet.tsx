"use client";

import type { RefObject } from "react";
import { Menu, MenuItem } from "react-aria-components/Menu";
import type { Guard } from "./button";
import { OPTION, Popover } from "./popover";

export interface MenuChoice {
  id: string;
  label: string;
  /** Why it cannot be chosen; shown below it. */
  because?: Guard;
  onChoose(): void;
}

/** What a Menu's button opens; loaded when somebody is there to press it. */
export function MenuSheet({
  label,
  trigger,
  choices,
  onClose,
}: {
  label: string;
  trigger: RefObject<HTMLElement | null>;
  choices: readonly MenuChoice[];
  onClose(): void;
}) {
  return (
    <Popover
      aria-label={label}
      trigger="MenuTrigger"
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom end"
      className="min-w-44 max-w-72"
    >
      <Menu
        aria-label={label}
        autoFocus="first"
        onClose={onClose}
        className="p-1 outline-none"
        items={choices}
      >
        {(choice) => (
          <MenuItem
            id={choice.id}
            textValue={choice.label}
            isDisabled={typeof choice.because === "string"}
            onAction={choice.onChoose}
            className={OPTION}
          >
            <span>
              {choice.label}
              {typeof choice.because === "string" && (
                <span className="block text-ink-3 text-xs">{choice.because}</span>
              )}
            </span>
          </MenuItem>
        )}
      </Menu>
    </Popover>
  );
}

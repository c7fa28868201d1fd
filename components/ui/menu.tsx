"use client";

import type { ReactElement } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { OPTION, Popover } from "./popover";

export interface MenuChoice {
  id: string;
  label: string;
  /** Why it cannot be chosen; shown below it. */
  because?: string | null;
  onChoose(): void;
}

/** A button's few choices. A choice that rests says why. */
export function Menu({
  label,
  button,
  choices,
}: {
  label: string;
  button: ReactElement;
  choices: readonly MenuChoice[];
}) {
  return (
    <MenuTrigger>
      {button}
      <Popover placement="bottom end" className="min-w-44 max-w-72">
        <AriaMenu aria-label={label} className="p-1 outline-none" items={choices}>
          {(choice) => (
            <MenuItem
              id={choice.id}
              textValue={choice.label}
              isDisabled={Boolean(choice.because)}
              onAction={choice.onChoose}
              className={OPTION}
            >
              <span>
                {choice.label}
                {choice.because && <span className="block text-ink-3 text-xs">{choice.because}</span>}
              </span>
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

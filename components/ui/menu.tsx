"use client";

import { cloneElement, type ReactElement, useRef, useState } from "react";
import type { ButtonProps } from "./button";
import type { MenuChoice } from "./menu-sheet";
import { onDemand } from "./on-demand";

const MenuSheet = onDemand(() => import("./menu-sheet").then((m) => m.MenuSheet));

/** A button's few choices. A choice that rests says why. */
export function Menu({
  label,
  button,
  choices,
}: {
  label: string;
  /** A Button or an IconButton. */
  button: ReactElement<ButtonProps>;
  choices: readonly MenuChoice[];
}) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {cloneElement(button, {
        ref: trigger,
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        onPress: () => setOpen(true),
      })}
      {isOpen && (
        <MenuSheet label={label} trigger={trigger} choices={choices} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

"use client";

import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { classNames } from "@/components/ui/class-names";
import { Icon, type IconName } from "@/components/ui/icon";
import { Popover } from "@/components/ui/popover";

/** A filter's button: says what it is set to, opens the choices. */
export function FilterMenu({
  label,
  value,
  icon = "chevronDown",
  children,
}: {
  label: string;
  /** What it is set to, in words; null when it does not narrow. */
  value?: string | null;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <DialogTrigger>
      <Button
        className={classNames(
          "inline-flex h-7 max-w-56 items-center gap-1 rounded-md border px-2 text-xs transition-colors",
          value
            ? "border-accent/40 bg-accent-soft text-accent-ink"
            : "border-line-strong border-dashed text-ink-2 hover:bg-hover",
        )}
      >
        <span className="truncate">
          {label}
          {value && <span className="font-medium">: {value}</span>}
        </span>
        <Icon name={icon} className="size-3" />
      </Button>
      <Popover placement="bottom start" className="min-w-48 max-w-80">
        <Dialog aria-label={label} className="max-h-96 overflow-auto p-2 outline-none">
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

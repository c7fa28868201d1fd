"use client";

import type { ReactNode } from "react";
import { Toolbar } from "react-aria-components/Toolbar";

/**
 * A row of buttons that is one stop for Tab: arrows move within it, and whoever comes back is where they left it. Not
 * for what takes arrows itself, as a text or a choice of one.
 */
export function Strip({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Toolbar aria-label={label} className={className}>
      {children}
    </Toolbar>
  );
}

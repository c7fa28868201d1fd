"use client";

import { createContext, useContext } from "react";

export interface LogActivityStart {
  dealId?: string;
  partnerId?: string;
}

/** What any page may ask the shell to open. */
export interface ShellActions {
  logActivity(start?: LogActivityStart): void;
  openPalette(): void;
  showKeys(): void;
}

const Actions = createContext<ShellActions | null>(null);
export const ShellActionsProvider = Actions.Provider;

export function useShell(): ShellActions {
  const actions = useContext(Actions);
  if (!actions) throw new Error("useShell outside of the shell");
  return actions;
}

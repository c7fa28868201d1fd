"use client";

import { createContext, useContext } from "react";
import type { Term } from "@/lib/attribution/glossary";
import type { Involvement } from "@/lib/attribution/vocabulary";

export interface LogActivityStart {
  dealId?: string;
  partnerId?: string;
  /** What was read of a file (§8.2): the form begins with it, and saving accepts it. */
  proposal?: {
    id: string;
    dealName: string | null;
    type: string;
    occurredOn: string | null;
    involvement: Involvement;
    quote: string;
    fileName: string;
  };
}

/** What can be made from anywhere, and what is known of it already. */
export interface Makes {
  partner: { name?: string };
  account: { name?: string };
  deal: { accountId?: string; accountName?: string; registrationId?: string; partnerName?: string };
  registration: { partnerId?: string; accountId?: string; accountName?: string; dealId?: string };
}

/** One that is to be made, and who waits for it; null when nothing was made. */
export type Making = {
  [Kind in keyof Makes]: {
    kind: Kind;
    start: Makes[Kind];
    done(made: { id: string; name: string } | null): void;
  };
}[keyof Makes];

/** What any page may ask the shell to open. */
export interface ShellActions {
  logActivity(start?: LogActivityStart): void;
  /** Opens the dialog that makes one; answers with what was made, null when nothing was. */
  make<Kind extends keyof Makes>(
    kind: Kind,
    start?: Makes[Kind],
  ): Promise<{ id: string; name: string } | null>;
  /** With a text that stands in it already. */
  openPalette(text?: string): void;
  showKeys(): void;
  /** Opens the words of the domain, at one of them where it is said. */
  showWords(at?: Term): void;
}

const Actions = createContext<ShellActions | null>(null);
export const ShellActionsProvider = Actions.Provider;

export function useShell(): ShellActions {
  const actions = useContext(Actions);
  if (!actions) throw new Error("useShell outside of the shell");
  return actions;
}

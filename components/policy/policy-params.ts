import { parseAsStringLiteral } from "nuqs/server";

export const PANES = ["settings", "difference", "signatures", "backtest"] as const;
export type Pane = (typeof PANES)[number];

/** What the address of a policy may say: which pane stands beside the memo. */
export const POLICY_PARAMS = { pane: parseAsStringLiteral(PANES) };

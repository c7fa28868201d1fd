"use client";

import { onDemand } from "./on-demand";
import type { SidePanelProps } from "./side-panel-sheet";

const SidePanelSheet = onDemand(() => import("./side-panel-sheet").then((m) => m.SidePanelSheet));

/** What a number opens to, beside the page it stands on. Escape or a press beside it closes it. */
export function SidePanel(props: SidePanelProps) {
  return <SidePanelSheet {...props} />;
}

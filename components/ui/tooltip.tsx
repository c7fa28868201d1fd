"use client";

import type { ReactElement } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import { Kbd } from "./kbd";

/** Words for a focusable child, on hover and on focus; never the only place of something needed. */
export function Tooltip({ text, keys, children }: { text: string; keys?: string; children: ReactElement }) {
  return (
    <TooltipTrigger delay={350} closeDelay={60}>
      {children}
      <AriaTooltip
        offset={6}
        className="max-w-72 rounded-md bg-ink px-2 py-1 text-canvas text-xs shadow-overlay entering:opacity-0 transition-opacity"
      >
        {text}
        {keys && <Kbd keys={keys} className="ml-2 align-middle" />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

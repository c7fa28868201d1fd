"use client";

import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { SAID_MS, speak } from "./spoken";
import { Tooltip } from "./tooltip";

/** Words that explain themselves: to a pointer, to the keyboard, and to a touch, which is answered in a toast. */
export function Explained({
  text,
  className,
  children,
}: {
  text: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Tooltip text={text}>
      <button
        type="button"
        onClick={() => speak({ message: text, ms: SAID_MS })}
        className={classNames("inline-flex cursor-help rounded-sm text-left align-baseline", className)}
      >
        {children}
      </button>
    </Tooltip>
  );
}

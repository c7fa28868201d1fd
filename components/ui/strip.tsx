"use client";

import { type FocusEvent, type KeyboardEvent, type ReactNode, useRef } from "react";

const STOPS = "button:not(:disabled), a[href], [role=button]:not([aria-disabled=true])";

/**
 * A row of buttons that is one stop for Tab: arrows move within it, and whoever comes back is where they left it. Not
 * for what takes arrows itself, as a text or a choice of one. The library's own costs a page 4 KB for these lines.
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
  const left = useRef<HTMLElement | null>(null);

  function heard(event: KeyboardEvent<HTMLElement>) {
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)];
    const at = stops.indexOf(event.target as HTMLElement);
    if (at < 0) return; // what it opened is elsewhere on the page
    if (event.key === "ArrowRight") stops[at + 1]?.focus();
    else if (event.key === "ArrowLeft") stops[at - 1]?.focus();
    // From its last stop the browser goes on past the strip.
    else if (event.key === "Tab") stops.at(event.shiftKey ? 0 : -1)?.focus();
    else return;
    if (event.key === "Tab") left.current = stops[at] ?? null;
    else event.preventDefault();
  }

  function entered({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) {
    if (!currentTarget.contains(relatedTarget) && left.current?.isConnected) left.current.focus();
    left.current = null;
  }

  return (
    <div
      role="toolbar"
      aria-label={label}
      aria-orientation="horizontal"
      className={className}
      onKeyDown={heard}
      onFocus={entered}
    >
      {children}
    </div>
  );
}

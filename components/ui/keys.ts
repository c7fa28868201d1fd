"use client";

import { useEffect, useLayoutEffect, useRef } from "react";
import { browserStore, useStored } from "./browser-store";

/** Single-key shortcuts, which people who speak to or bump their keyboard can switch off (WCAG 2.1.4). */
const SINGLE_KEYS = browserStore<boolean>("single-keys", true, (stored) =>
  typeof stored === "boolean" ? stored : undefined,
);

export function useSingleKeys(): [boolean, (on: boolean) => void] {
  return [useStored(SINGLE_KEYS), SINGLE_KEYS.set];
}

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";
const OVERLAY = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/** Two keys one after the other, `g d`, within this time. */
const SEQUENCE_MS = 1200;
let last: { key: string; at: number } | null = null;
/** The sequence that the key being heard completes; set before any binding hears it. */
let completed: string | null = null;

/**
 * Binds single keys (`t`, `?`, `/`) and sequences (`g d`) while the component is mounted. They rest while
 * somebody types, while an overlay is open, with a modifier held, and when switched off.
 */
export function useKeys(bindings: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  // Before the paint: a key is heard from the moment that its hint can be seen.
  useLayoutEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !SINGLE_KEYS.get())
        return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      if (document.querySelector(OVERLAY)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const run = latest.current[completed ?? key];
      if (!run) return;
      event.preventDefault();
      run(event);
    };
    window.addEventListener("keydown", heard);
    return () => window.removeEventListener("keydown", heard);
  }, []);
}

/** Mounted once, by the shell: remembers the first key of a sequence for every listener. */
export function useSequences(prefixes: readonly string[]): void {
  useEffect(() => {
    const remember = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const typing = event.target instanceof Element && event.target.closest(TYPING);
      const inTime = last !== null && event.timeStamp - last.at < SEQUENCE_MS;
      completed = !typing && last !== null && inTime ? `${last.key} ${key}` : null;
      last = !typing && completed === null && prefixes.includes(key) ? { key, at: event.timeStamp } : null;
    };
    // Captured, so that it runs before the bindings, which bubble.
    window.addEventListener("keydown", remember, true);
    return () => window.removeEventListener("keydown", remember, true);
  }, [prefixes]);
}

"use client";

import { useEffect, useLayoutEffect, useRef } from "react";
import { browserStore, useStored } from "./browser-store";
import { takeEarlyKey } from "./early-key";
import { useOwnDrawing } from "./use-own-drawing";

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
 * somebody types, while an overlay is open, with a modifier held, and when switched off. On a page that the
 * server drew, a single key pressed before its script came is answered as soon as it has.
 */
export function useKeys(bindings: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const wasSeenBefore = useRef(!useOwnDrawing());
  // Before the paint: a key is heard from the moment that its hint can be seen.
  useLayoutEffect(() => {
    const answers = (event: KeyboardEvent) => {
      const run = latest.current[completed ?? keyOf(event)];
      if (!run || rests(event)) return false;
      window.earlyKey = null;
      event.preventDefault();
      run(event);
      return true;
    };
    const heard = (event: KeyboardEvent) => void (event.defaultPrevented || answers(event));
    window.addEventListener("keydown", heard);
    if (wasSeenBefore.current) takeEarlyKey(answers);
    return () => window.removeEventListener("keydown", heard);
  }, []);
}

const keyOf = ({ key }: KeyboardEvent) => (key.length === 1 ? key.toLowerCase() : key);

/** While somebody types, holds a modifier, has something open over the page, or wants no single keys. */
function rests(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || !SINGLE_KEYS.get() || isBusy(event);
}

/** Whether a key is somebody else's: a field's that they type in, or an overlay's. */
export function isBusy({ target }: KeyboardEvent): boolean {
  if (target instanceof Element && target.closest(TYPING)) return true;
  return document.querySelector(OVERLAY) !== null;
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

"use client";

import { useSyncExternalStore } from "react";

/** What this browser keeps under one name, the same for everybody who asks on this page and in its other tabs. */
export interface BrowserStore<Value> {
  /** What is kept; `none` when nothing is, or nothing that can be read. The same object until it changes. */
  get(): Value;
  /** Keeps it; false when the browser would not (full, or closed to pages) and it only lives as long as the page. */
  set(value: Value): boolean;
  /** Calls at every change, here or in another tab; answers how to stop. */
  subscribe(heard: () => void): () => void;
  none: Value;
}

const listeners = new Map<string, Set<() => void>>();
/** What the browser would not keep, by name. */
const unkept = new Map<string, string>();

/**
 * A store of this browser, in JSON. `parse` gets whatever somebody left there and answers the value, or
 * undefined when it is none; `none` is what stands while nothing is kept, and keeping it forgets the rest.
 */
export function browserStore<Value>(
  name: string,
  none: Value,
  parse: (stored: unknown) => Value | undefined,
): BrowserStore<Value> {
  const key = `countersign.${name}`;
  let read: { text: string | null; value: Value } = { text: null, value: none };

  const textOf = (): string | null => {
    if (typeof window === "undefined") return null;
    try {
      return unkept.get(key) ?? localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const get = (): Value => {
    const text = textOf();
    if (text !== read.text)
      read = { text, value: (text === null ? undefined : readable(text, parse)) ?? none };
    return read.value;
  };

  return {
    none,
    get,
    set: (value) => {
      const text = value === none ? null : JSON.stringify(value);
      if (text === textOf()) return !unkept.has(key);
      unkept.delete(key);
      try {
        if (text === null) localStorage.removeItem(key);
        else localStorage.setItem(key, text);
      } catch {
        if (text !== null) unkept.set(key, text);
      }
      for (const heard of listeners.get(key) ?? []) heard();
      return !unkept.has(key);
    },
    subscribe: (heard) => {
      const all = listeners.get(key) ?? new Set();
      listeners.set(key, all.add(heard));
      // Null is all of it: somebody cleared the browser's storage.
      const elsewhere = (event: StorageEvent) => (event.key === key || event.key === null) && heard();
      window.addEventListener("storage", elsewhere);
      return () => {
        all.delete(heard);
        window.removeEventListener("storage", elsewhere);
      };
    },
  };
}

function readable<Value>(text: string, parse: (stored: unknown) => Value | undefined): Value | undefined {
  try {
    return parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What a store holds, drawn anew at every change; nothing while the page comes from the server. */
export function useStored<Value>(store: BrowserStore<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get, () => store.none);
}

"use client";

import { useCallback, useEffect, useRef, useState } from "react";

const STORE = "countersign.draft.";

/** What somebody wrote and the server does not have yet, and the text that it was written over. */
interface Kept {
  text: string;
  over: string;
}

function read(key: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE + key) ?? "null") as Kept | null;
    return kept && typeof kept.text === "string" && typeof kept.over === "string" ? kept : null;
  } catch {
    return null;
  }
}

export interface Draft {
  text: string;
  /** What the server has. */
  stands: string;
  /** Something here is not saved yet. */
  isDirty: boolean;
  /** The server's text moved on since this draft was begun: both stand, and somebody chooses. */
  conflict: boolean;
  write(text: string): void;
  /** The server has exactly this text now. */
  saved(text: string): void;
  /** Gives the draft up for what the server has. */
  drop(): void;
  /** Keeps the draft, or `text` in its place, now knowingly over what the server has. */
  keep(text?: string): void;
}

/**
 * A text under way, kept in this browser from the first letter until the server has it, so that a reload,
 * a crash or a lost connection loses nothing. `key` names it in this browser; `stands` is the server's text.
 */
export function useDraft(key: string, stands: string): Draft {
  const [kept, setKept] = useState<Kept | null>(null);
  const latest = useRef(stands);
  latest.current = stands;
  // After the first paint: the server knows no draft.
  useEffect(() => setKept(read(key)), [key]);

  const put = useCallback(
    (next: Kept | null) => {
      setKept(next);
      if (next) localStorage.setItem(STORE + key, JSON.stringify(next));
      else localStorage.removeItem(STORE + key);
    },
    [key],
  );

  const text = kept?.text ?? stands;
  const over = kept?.over ?? stands;
  const isDirty = kept !== null && kept.text !== stands;
  return {
    text,
    stands,
    isDirty,
    conflict: isDirty && over !== stands,
    write: (next) => put(next === latest.current ? null : { text: next, over: kept?.over ?? latest.current }),
    saved: (sent) => {
      const now = read(key);
      // Letters typed while it was on its way stay, over what the server has now.
      put(now && now.text !== sent ? { text: now.text, over: sent } : null);
    },
    drop: () => put(null),
    keep: (merged = text) => put({ text: merged, over: latest.current }),
  };
}

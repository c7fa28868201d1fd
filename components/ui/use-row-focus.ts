"use client";

import { type KeyboardEvent, type RefObject, useCallback, useState } from "react";
import { useKeys } from "./keys";

const PAGE = 12;

/** Where each key of the grid pattern leads from a row of `count`; undefined for every other key. */
function rowOfKey(key: string, index: number, count: number): number | undefined {
  const moves: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + PAGE,
    PageUp: index - PAGE,
    Home: 0,
    End: count - 1,
  };
  return moves[key];
}

/**
 * The focus of a table of which only the rows in sight exist: one row is the stop for Tab, arrows and
 * `j` `k` move it, and a row out of sight is scrolled to first.
 */
export function useRowFocus(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  scrollToIndex: (index: number) => void,
) {
  const [active, setActive] = useState(0);
  const focusRow = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(index, count - 1));
      setActive(next);
      scrollToIndex(next);
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true }),
      );
    },
    [count, scrollToIndex, scroller],
  );
  const focused = () => scroller.current?.contains(document.activeElement) ?? false;
  useKeys({
    j: () => focusRow(focused() ? active + 1 : active),
    k: () => focusRow(focused() ? active - 1 : active),
  });
  /** Takes a key pressed on a row, when it is one that moves the focus, and answers to which row. */
  const moved = (event: KeyboardEvent, index: number): number | null => {
    const wanted = rowOfKey(event.key, index, count);
    if (wanted === undefined) return null;
    const to = Math.max(0, Math.min(wanted, count - 1));
    event.preventDefault();
    focusRow(to);
    return to;
  };
  return { active, setActive, moved };
}

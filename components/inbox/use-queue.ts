"use client";

import { useEffect, useRef, useState } from "react";
import { useKeys } from "@/components/ui/keys";
import { type InboxItem, keyOf } from "./item-words";
import type { Act } from "./use-item-acts";

const LETTERS = ["y", "r", "t", "n", "p", "f", "s", "d"] as const;

/**
 * Which item one is at, and its keys: `J` and `K` move, an act's own letter answers. Where an item goes, the next one is
 * at its place, so that a queue is worked off without a look at where one is.
 */
export function useQueue(items: readonly InboxItem[], actsOf: (item: InboxItem) => Act[]) {
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(false);
  const place = Math.max(0, Math.min(at, items.length - 1));
  const current = items[place];
  const currentKey = current && keyOf(current);

  const go = (to: number) => {
    follows.current = true;
    const next = Math.max(0, Math.min(to, items.length - 1));
    setAt(next);
    if (items[next]) focusIn(list.current, keyOf(items[next]));
  };
  const answer = (letter: string) => {
    follows.current = true;
    const act = current && actsOf(current).find(({ key }) => key === letter);
    if (act && typeof act.because !== "string") act.run();
  };
  useKeys({
    j: () => go(follows.current ? place + 1 : place),
    k: () => go(place - 1),
    ...Object.fromEntries(LETTERS.map((letter) => [letter, () => answer(letter)])),
  });
  useEffect(() => {
    if (follows.current && currentKey !== undefined) focusIn(list.current, currentKey);
  }, [currentKey]);
  return {
    ...{ list, currentKey },
    /** It was clicked or tabbed to. */
    enter: (item: InboxItem) => {
      follows.current = true;
      setAt(items.indexOf(item));
    },
  };
}

function focusIn(list: HTMLElement | null, key: string): void {
  const rows = list?.querySelectorAll<HTMLElement>("[data-item]") ?? [];
  [...rows].find(({ dataset }) => dataset.item === key)?.focus();
}

"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

/** As many rows of a list as go on paper. */
export const ON_PAPER = 1_000;

const MEDIA = "print";
let isOnPaper = false;

function subscribe(notify: () => void): () => void {
  // The browser takes its picture as soon as it has been heard: what paper wants must stand there by then.
  const turn = (on: boolean) => () => {
    isOnPaper = on;
    flushSync(notify);
  };
  const [begin, end] = [turn(true), turn(false)];
  const media = window.matchMedia(MEDIA);
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  media.addEventListener("change", notify);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
    media.removeEventListener("change", notify);
  };
}

/** Whether the page is being put on paper, where nothing scrolls and everything stands there at once. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isOnPaper || window.matchMedia(MEDIA).matches,
    () => false,
  );
}

/** A list that comes page by page. */
interface Paged {
  hasNextPage: boolean;
  fetchNextPage(): Promise<{ hasNextPage: boolean }>;
}

/**
 * Lets the keys for printing wait until a list is there whole, or as much of it as goes on paper. `pageSize`:
 * rows that come at once.
 */
export function usePrintWhole(list: Paged, pageSize: number): void {
  const latest = useRef(list);
  latest.current = list;
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const isPrint = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "p";
      if (!isPrint || !latest.current.hasNextPage) return;
      event.preventDefault();
      void whole(latest.current, pageSize).then(() => requestAnimationFrame(() => window.print()));
    };
    window.addEventListener("keydown", heard);
    return () => window.removeEventListener("keydown", heard);
  }, [pageSize]);
}

async function whole(list: Paged, pageSize: number): Promise<void> {
  let more = list.hasNextPage;
  for (let pages = 1; more && pages * pageSize < ON_PAPER; pages++)
    more = (await list.fetchNextPage()).hasNextPage;
}

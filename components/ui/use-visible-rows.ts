"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";

const OVERSCAN = 8;
/** How many rows before the last loaded one more are asked for. */
const NEAR = 40;

/** Which of `count` rows of one height are in sight, and how much room the others take. */
export function useVisibleRows(
  scroller: RefObject<HTMLElement | null>,
  {
    count,
    height,
    headHeight,
    total,
    onNearEnd,
  }: {
    count: number;
    height: number;
    /** What stays over the rows while they scroll. */
    headHeight: number;
    /** Rows there are, loaded or not. */
    total: number;
    onNearEnd?(): void;
  },
) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollPaddingStart: headHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what changes
  useEffect(() => virtualizer.measure(), [height]);

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onNearEnd && count > 0 && count < total && last > count - NEAR) onNearEnd();
  }, [last, count, total, onNearEnd]);

  const end = items.at(-1)?.end;
  return {
    indexes: items.map(({ index }) => index),
    before: items[0]?.start ?? 0,
    after: end === undefined ? 0 : virtualizer.getTotalSize() - end,
    scrollToIndex: virtualizer.scrollToIndex,
  };
}

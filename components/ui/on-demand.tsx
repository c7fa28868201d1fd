"use client";

import { type ComponentType, lazy, Suspense } from "react";

type Load = () => Promise<unknown>;

/** What is wanted before its first use, once somebody is there; null after that. */
let waiting: Set<Load> | null = new Set();
const TOUCHES = ["pointermove", "pointerdown", "keydown", "focusin"] as const;

function warm(): void {
  for (const touch of TOUCHES) window.removeEventListener(touch, warm, true);
  const loads = waiting ?? [];
  waiting = null;
  for (const load of loads) load().catch(() => {});
}

if (typeof window !== "undefined")
  for (const touch of TOUCHES) window.addEventListener(touch, warm, { capture: true, passive: true });

/**
 * A component that shows only after somebody did something: its script stays out of the page's first
 * load and is fetched at the first move, key or focus, so that opening it does not wait for the network.
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  if (waiting) waiting.add(load);
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function OnDemand(props: Props) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

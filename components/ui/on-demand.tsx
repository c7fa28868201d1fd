"use client";

import { type ComponentType, lazy, Suspense } from "react";

type Load = () => Promise<unknown>;

/** What is wanted before its first use, once somebody is there; null from then on, when nothing waits. */
let waiting: Set<Load> | null = new Set();
const TOUCHES = ["pointermove", "pointerdown", "keydown", "focusin"] as const;

/** A failure here is met again, and told, where the component shows. */
const fetchAhead = (load: Load) => void load().catch(() => {});

function warm(): void {
  for (const touch of TOUCHES) window.removeEventListener(touch, warm, true);
  const loads = waiting ?? [];
  waiting = null;
  for (const load of loads) fetchAhead(load);
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
  else fetchAhead(load);
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function OnDemand(props: Props) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

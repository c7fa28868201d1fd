"use client";

import { type ComponentType, lazy, Suspense, useState } from "react";
import { useOwnDrawing } from "./use-own-drawing";

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
 * Once it is there it is drawn as it is: React reveals what was `lazy` a third of a second late.
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let there: ComponentType<Props> | null = null;
  const fetched = async () => {
    const loaded = await load();
    if (typeof window !== "undefined") there = loaded;
    return { default: loaded };
  };
  if (waiting) waiting.add(fetched);
  else fetchAhead(fetched);
  const Late = lazy(fetched) as unknown as ComponentType<Props>;
  return function OnDemand(props: Props) {
    const isOwn = useOwnDrawing();
    // As it began, so that what was typed into one that came late is not drawn anew.
    const [Now] = useState(() => (isOwn ? there : null));
    return Now ? (
      <Now {...props} />
    ) : (
      <Suspense fallback={null}>
        <Late {...props} />
      </Suspense>
    );
  };
}

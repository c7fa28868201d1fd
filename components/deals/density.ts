"use client";

import { browserStore, useStored } from "@/components/ui/browser-store";

const DENSITIES = ["comfortable", "compact"] as const;
type Density = (typeof DENSITIES)[number];

const DENSITY = browserStore<Density>("deals-density", "comfortable", (stored) =>
  DENSITIES.find((one) => one === stored),
);

/** How high the rows of the list are, as this browser keeps it: how one likes to read is nobody else's view. */
export function useDensity(): [Density, (density: Density) => void] {
  return [useStored(DENSITY), DENSITY.set];
}

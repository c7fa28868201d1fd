export const PARTS = {
  classify: "The classification module alone",
  peers: "The classification module beside rule engines",
  dashboard: "The dashboard",
  lists: "Lists",
  load: "Lists, 16 at once",
  deal: "A deal",
  lens: "Lenses",
  backtest: "The backtest",
  writing: "Writing",
  judging: "Judging everything",
  import: "Import",
  browser: "In the browser",
} as const;
export type Part = keyof typeof PARTS;

/** One thing measured at one size, beside the floor of the same run. */
export interface Figure {
  part: Part;
  name: string;
  /** How many deals there were; 0 where it does not matter. */
  deals: number;
  value: number;
  unit: "ms" | "a second" | "round trips" | "KiB";
  /** What the same work costs at the very least, in the same unit. */
  floor?: { name: string; value: number };
}

/** A figure at every size of the run, with what it is held to. */
export interface Line {
  part: Part;
  name: string;
  figures: Figure[];
  /** Its value at the largest size by that at the smallest; null with one size. */
  growth: number | null;
  goals: { words: string; met: boolean }[];
}

/** How often its floor's time it takes; of a rate, how often its floor's rate it is slower. */
export function timesOf({ value, unit, floor }: Figure): number {
  if (!floor) return Number.NaN;
  return unit === "a second" ? floor.value / value : value / floor.value;
}

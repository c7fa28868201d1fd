import { canonicalJson } from "./canonical";

/** The first thing in which what was made again is not what was kept. */
export interface Difference {
  /** Where: `D-1 result.outcome`, `numbers.sourcedPipeline.amount`. */
  at: string;
  kept: string;
  recomputed: string;
}

export function differs(at: string, kept: string, recomputed: string): Difference | null {
  return kept === recomputed ? null : { at, kept, recomputed };
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** The first leaf, in canonical order, in which two JSON documents differ. */
export function firstDifference(at: string, kept: unknown, recomputed: unknown): Difference | null {
  if (isBranch(kept) && isBranch(recomputed) && Array.isArray(kept) === Array.isArray(recomputed)) {
    for (const key of [...new Set([...Object.keys(kept), ...Object.keys(recomputed)])].sort()) {
      const found = firstDifference(`${at}.${key}`, kept[key], recomputed[key]);
      if (found) return found;
    }
    return null;
  }
  return differs(at, written(kept), written(recomputed));
}

function written(value: unknown): string {
  return value === undefined ? "absent" : canonicalJson(value);
}

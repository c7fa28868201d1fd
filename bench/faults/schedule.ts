/** What can be done to a company at work, and by which seed: the same seed does the same at the same moments. */
export const FAULTS = [
  "kill backends",
  "kill the postmaster",
  "kill an app process",
  "stop an app process for a while",
  "cut the connection",
  "slow the network",
  "jump a clock",
  "fill the disk",
] as const;
export type Fault = (typeof FAULTS)[number];

export interface Step {
  /** Milliseconds from the beginning. */
  at: number;
  fault: Fault;
  /** From 0 to 1: how long, whom, as the fault needs it. */
  how: number;
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two to five faults over so many milliseconds; the first is each kind in turn, so that as many seeds have all. */
export function scheduleOf(seed: number, overMs: number): Step[] {
  const next = numbersOf(seed);
  const count = 2 + Math.floor(next() * 4);
  const steps = Array.from({ length: count }, (_, nth) => ({
    at: Math.round(next() * overMs),
    fault: nth === 0 ? FAULTS[seed % FAULTS.length]! : FAULTS[Math.floor(next() * FAULTS.length)]!,
    how: next(),
  }));
  return steps.toSorted((a, b) => a.at - b.at);
}

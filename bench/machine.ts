import { availableParallelism, cpus, release, type as system, totalmem } from "node:os";
import { decimal } from "@/lib/text/numbers";

/** The particulars without which a rate says nothing. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${availableParallelism()} cores, ${memory} GiB, ${system()} ${release()}, Node ${process.version}`;
}

/** Milliseconds of `work`, the median of `times` runs after one that is not counted. */
export async function medianMs(times: number, work: () => unknown | Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run <= times; run++) {
    const from = performance.now();
    await work();
    if (run > 0) taken.push(performance.now() - from);
  }
  return taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)]!;
}

/** One line of a report: what was measured, its rate or time, and how often it takes the floor's time. */
export function reportRate(
  name: string,
  count: number,
  ms: number,
  floor: { name: string; ms: number },
): void {
  const rate = `${decimal((count * 1000) / ms, 0)} a second`;
  console.log(`${name.padEnd(34)} ${rate.padStart(20)}   ${(ms / floor.ms).toFixed(1)} × ${floor.name}`);
}

export function reportTime(name: string, ms: number, floor: { name: string; ms: number }): void {
  console.log(
    `${name.padEnd(34)} ${`${ms.toFixed(1)} ms`.padStart(20)}   ${(ms / floor.ms).toFixed(1)} × ${floor.name}`,
  );
}

import type { Inputs, Writes } from "@/lib/api/client";

/** A write that undoes another one; the audit log keeps both. */
export type Inverse = { [K in Writes]: { verb: K; input: Inputs[K] } }[Writes];

/** A write of one's own, as its toast said it; `inverse` is null where it cannot be taken back. */
export interface LastWrite {
  inverse: Inverse | null;
  message: string;
}

/** As long as the server takes one back. */
const KEPT_MS = 10 * 60_000;
const MOST = 50;

/** What one wrote on this page lately, the last one last. */
let written: { write: LastWrite; at: number }[] = [];

export function rememberWrite(write: LastWrite): void {
  written = [...written.slice(1 - MOST), { write, at: Date.now() }];
}

/** One that was taken back is not the last one any more, whichever way it was. */
export function forgetWrite(write: LastWrite): void {
  written = written.filter((one) => one.write !== write);
}

/** The last one that is young enough. */
export function lastWrite(): LastWrite | null {
  const last = written.at(-1);
  return last && Date.now() - last.at < KEPT_MS ? last.write : null;
}

/** Writes that were sent and whose end is not known yet, and what waits for it. */
let underWay = 0;
let waiting: (() => void)[] = [];

export function writeBegins(): void {
  underWay++;
}

export function writeEnds(): void {
  underWay--;
  if (underWay > 0) return;
  const due = waiting;
  waiting = [];
  for (const go of due) go();
}

/** At once, or when what is under way has ended: what was pressed last is the last write, however slow its answer. */
export function onceWritten(go: () => void): void {
  if (underWay === 0) go();
  else waiting.push(go);
}

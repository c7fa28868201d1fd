import { basename } from "node:path";
import type { RefusedRow } from "@/lib/interchange/kinds";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

/** What became of the rows of a file. */
export interface Counts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  leftOut: number;
  refused: number;
}

export const none = (): Counts => ({ read: 0, created: 0, updated: 0, unchanged: 0, leftOut: 0, refused: 0 });

/** `N read, N created, N updated, N unchanged, N refused`, and how many a mapping left out where it did (imports.md). */
export const countsInWords = (
  { read, created, updated, unchanged, leftOut, refused }: Counts,
  write: (number: number) => string = String,
) =>
  `${write(read)} read, ${write(created)} created, ${write(updated)} updated, ${write(unchanged)} unchanged, ` +
  `${leftOut > 0 ? `${write(leftOut)} left out, ` : ""}${write(refused)} refused`;

/** Why a file was refused whole. */
export function refusedWords(file: string, { field, value, reason }: RefusedRow, hasLanded: boolean): string {
  const rest = hasLanded ? "; the rows before it have landed" : "";
  return `${basename(file)} is refused: ${field} ${value}: ${reason}${rest}`;
}

/** What a file that replaces took away; the audit log has each entry. */
export function goneWords(gone: readonly { dealId: string; stage: number; enteredOn: string }[]): string {
  const shown = gone.slice(0, 20).map((one) => `${one.dealId} stage ${one.stage} of ${one.enteredOn}`);
  const more = gone.length > shown.length ? ` and ${thousands(gone.length - shown.length)} more` : "";
  return `${count(gone.length, "entry", "entries")} of stage history went: ${shown.join(", ")}${more}`;
}

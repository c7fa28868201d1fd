import type { RefusedRow } from "./kinds";

/** A value of a choice column that the mapping of a file did not translate, and how many rows that refused. */
export interface Unmapped {
  /** The field that the column feeds. */
  field: string;
  value: string;
  rows: number;
}

/** Of so many different values an import remembers the count; more are no values that people translate. */
export const MOST_UNMAPPED = 100;

/** Why a row is refused whose value the mapping does not translate. */
export const unmappedRule = (column: string) => `the mapping does not say what this value of ${column} means`;
const UNMAPPED_RULE = new RegExp(`^${unmappedRule("[^]*")}$`);

/** What among refused rows only waits for a translation, the most rows first. */
export function unmappedIn(rows: readonly RefusedRow[]): Unmapped[] {
  const waiting = rows.filter(({ reason }) => UNMAPPED_RULE.test(reason));
  return addUnmapped(
    [],
    waiting.map(({ field, value }) => ({ field, value, rows: 1 })),
  );
}

/** Both together, a value once, the most rows first. */
export function addUnmapped(some: readonly Unmapped[], more: readonly Unmapped[]): Unmapped[] {
  const found = new Map<string, Unmapped>();
  for (const { field, value, rows } of [...some, ...more]) {
    const key = `${field}\u001f${value}`;
    found.set(key, { field, value, rows: (found.get(key)?.rows ?? 0) + rows });
  }
  return [...found.values()]
    .sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_UNMAPPED);
}

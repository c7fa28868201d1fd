import { stringify } from "csv-stringify/sync";
import type { RefusedRow } from "@/lib/interchange/kinds";

/** The columns of `FILE.refused.csv` (imports.md). */
const COLUMNS = ["line", "field", "value", "reason"];

export const REFUSED_HEADER = stringify([COLUMNS]);

/**
 * Refused rows as lines of `FILE.refused.csv`. What a stranger wrote in a cell comes back in a file that
 * people open in a spreadsheet, so a cell that would run as a formula gets a `'` before it.
 */
export function refusedLines(rows: readonly RefusedRow[]): string {
  return stringify([...rows], { columns: COLUMNS, escape_formulas: true, quoted_match: /\r/ });
}

"use client";

import { saveFile } from "@/components/ui/save-file";
import type { RefusedRow } from "@/lib/interchange/kinds";

/** `FILE.refused.csv` with line, field, value and reason (imports.md); cells that would run as formulas are escaped. */
export async function downloadRefused(fileName: string, rows: readonly RefusedRow[]): Promise<void> {
  // The browser's build of the writer, loaded when somebody asks for a file.
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  const columns = ["line", "field", "value", "reason"];
  const text = stringify([...rows], { header: true, columns, escape_formulas: true });
  saveFile(new Blob([text], { type: "text/csv;charset=utf-8" }), `${fileName}.refused.csv`);
}

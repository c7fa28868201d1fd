import { isRefusal } from "@/lib/errors";
import type { PageBatch } from "./source";

/** Makes the rows of a kind, one record after the other: a record that cannot be read is refused alone. */
export function batchOf<R>(
  kind: PageBatch["kind"],
  records: readonly R[],
  keyOf: (record: R) => string,
  rowOf: (record: R) => Omit<PageBatch["rows"][number], "line"> | null,
  wholeOf: readonly string[] = [],
): PageBatch {
  const batch: PageBatch = { kind, rows: [], refused: [], wholeOf: [...wholeOf] };
  for (const record of records) {
    try {
      const row = rowOf(record);
      if (row) batch.rows.push({ line: batch.rows.length + 1, ...row });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { field, value, rule } = error;
      batch.refused.push({ key: keyOf(record), field, value: String(value ?? ""), reason: rule });
    }
  }
  return batch;
}

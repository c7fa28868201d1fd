import type { InterchangeRow, Kind } from "@/lib/interchange/kinds";
import type { Reading } from "./reader";

const ROWS_A_BATCH = 2_000;
/** A parent may stand later in the file: within one batch it is found. */
const PARTNERS_A_BATCH = 10_000;

/**
 * Cuts what was read into batches for the `import-batch` verb. The rows of one deal's history stay
 * together, so its rows must stand together in the file for corrections to be told from new entries.
 */
export async function* batchesOf(readings: AsyncIterable<Reading>, kind: Kind): AsyncGenerator<Reading> {
  const size = kind === "partners" ? PARTNERS_A_BATCH : ROWS_A_BATCH;
  let batch: Reading = { rows: [], refused: [] };
  for await (const { rows, refused } of readings) {
    for (const row of refused) batch.refused.push(row);
    for (const row of rows) {
      if (batch.rows.length >= size && (kind !== "stage_history" || startsDeal(row, batch.rows))) {
        yield batch;
        batch = { rows: [], refused: [] };
      }
      batch.rows.push(row);
    }
    if (batch.refused.length >= size) {
      yield { rows: [], refused: batch.refused };
      batch.refused = [];
    }
  }
  yield batch;
}

function startsDeal(row: InterchangeRow, rows: readonly InterchangeRow[]): boolean {
  // The verb takes 10,000 rows: a deal with more history than that is cut.
  return row.values.deal_id !== rows.at(-1)?.values.deal_id || rows.length >= 10_000;
}

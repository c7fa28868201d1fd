import { oneId } from "@/lib/interchange/ids";
import type { Kind } from "@/lib/interchange/kinds";
import { nothingRead, type Reading } from "./reader";

const ROWS_A_BATCH = 2_000;
/** A parent may stand later in the file: within one batch it is found. */
const PARTNERS_A_BATCH = 10_000;
/** As many as the verb takes. */
const MOST_ROWS = 10_000;

/**
 * Cuts what was read into batches for the `import-batch` verb, anywhere: what lands does not depend on it. Of a
 * file that `replaces`, and of role rows, which may change places with each other, the rows of a deal come in one
 * batch, for which the whole file is held.
 */
export async function* batchesOf(
  readings: AsyncIterable<Reading>,
  kind: Kind,
  replaces = false,
): AsyncGenerator<Reading> {
  const size = kind === "partners" ? PARTNERS_A_BATCH : ROWS_A_BATCH;
  let batch = nothingRead();
  const holds = replaces || kind === "roles";
  for await (const reading of holds ? byDeal(readings) : readings) {
    if (holds && batch.rows.length > 0 && batch.rows.length + reading.rows.length > size) {
      yield batch;
      batch = nothingRead();
    }
    for (const row of reading.refused) batch.refused.push(row);
    for (const note of reading.notes) batch.notes.push(note);
    batch.leftOut += reading.leftOut;
    for (const row of reading.rows) {
      if (batch.rows.length >= (holds ? MOST_ROWS : size)) {
        yield batch;
        batch = nothingRead();
      }
      batch.rows.push(row);
    }
    if (batch.refused.length >= size) {
      yield { ...nothingRead(), refused: batch.refused };
      batch.refused = [];
    }
  }
  yield batch;
}

/** The same rows, those of a deal together and in the order of the file; what is no row first. */
async function* byDeal(readings: AsyncIterable<Reading>): AsyncGenerator<Reading> {
  const deals = new Map<string, Reading["rows"]>();
  for await (const { rows, ...others } of readings) {
    yield { ...others, rows: [] };
    for (const row of rows) {
      const id = oneId(row.values.deal_id?.trim() ?? "");
      const known = deals.get(id);
      if (known) known.push(row);
      else deals.set(id, [row]);
    }
  }
  for (const rows of deals.values()) yield { ...nothingRead(), rows };
}

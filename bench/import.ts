import { finished } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import postgres from "postgres";
import type { Client } from "@/db/connection/client";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { perform } from "@/lib/commands/door";
import { importBatch } from "@/lib/commands/import/import-batch";
import type { Kind } from "@/lib/interchange/kinds";
import { count } from "@/lib/text/words";
import type { Rows } from "./company";
import { reportRate } from "./machine";

const BATCH = 2_000;

/** Rows landed in a second through the door, judged. The floor: the same rows copied into tables without a rule. */
export async function benchImport(
  client: Client,
  url: string,
  files: readonly [Kind, Rows][],
): Promise<void> {
  const rows = files.reduce((sum, [, of]) => sum + of.length, 0);
  const floor = { name: "COPY", ms: await copy(url, files) };
  const from = performance.now();
  for (const [kind, values] of files) {
    for (let at = 0; at < values.length; at += BATCH) {
      const batch = values.slice(at, at + BATCH).map((row, index) => ({ line: at + index + 2, values: row }));
      const { answer } = await perform(importBatch, { kind, rows: batch }, { actor: COMMAND_LINE, client });
      if (answer.refused.length > 0) throw new Error(`${kind}: ${JSON.stringify(answer.refused[0])}`);
    }
  }
  reportRate(`import, ${count(rows, "row")}`, rows, performance.now() - from, floor);
}

async function copy(url: string, files: readonly [Kind, Rows][]): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const from = performance.now();
    for (const [kind, rows] of files) {
      const columns = Object.keys(rows[0]!);
      await sql.unsafe(
        `create temp table floor_${kind} (${columns.map((name) => `"${name}" text`).join(", ")})`,
      );
      const sink = await sql.unsafe(`copy floor_${kind} from stdin (format csv)`).writable();
      sink.end(stringify(rows));
      await finished(sink);
    }
    return performance.now() - from;
  } finally {
    await sql.end();
  }
}

import { finished } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import postgres from "postgres";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { perform } from "@/lib/commands/door";
import { importBatch } from "@/lib/commands/import/import-batch";
import type { Kind } from "@/lib/interchange/kinds";
import { count } from "@/lib/text/words";
import type { Company } from "./company/open";
import { newRows, type Rows } from "./company/rows";
import type { Report } from "./report";
import { timed } from "./timing";

const NEW_DEALS = 5_000;
const BATCH = 2_000;

/**
 * Rows landed in a second through the door, judged, beside what the company has already. The floor: the same
 * rows copied into tables without a rule.
 */
export async function measureImport(copies: readonly Company[], report: Report): Promise<void> {
  for (const copy of copies) {
    const files = newRows(NEW_DEALS, copy.today);
    const rows = files.reduce((sum, [, of]) => sum + of.length, 0);
    const before = await copyIn(copy.url, files);
    const ms = await timed(() => land(copy, files));
    const floor = (before + (await copyIn(copy.url, files))) / 2;
    report.add({
      part: "import",
      name: `${count(NEW_DEALS, "new deal")} with ${count(rows, "row")} in all`,
      deals: copy.deals,
      value: (rows * 1000) / ms,
      unit: "a second",
      floor: { name: "COPY", value: (rows * 1000) / floor },
    });
  }
}

async function land({ client, today }: Company, files: readonly [Kind, Rows][]): Promise<void> {
  for (const [kind, values] of files) {
    for (let at = 0; at < values.length; at += BATCH) {
      const batch = values.slice(at, at + BATCH).map((row, index) => ({ line: at + index + 2, values: row }));
      const call = { actor: COMMAND_LINE, client, today };
      const { answer } = await perform(importBatch, { kind, rows: batch }, call);
      if (answer.refused.length > 0) throw new Error(`${kind}: ${JSON.stringify(answer.refused[0])}`);
    }
  }
}

async function copyIn(url: string, files: readonly [Kind, Rows][]): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await timed(async () => {
      for (const [kind, rows] of files) {
        const columns = Object.keys(rows[0]!).map((name) => `"${name}" text`);
        await sql.unsafe(`create temp table floor_${kind} (${columns.join(", ")})`);
        const sink = await sql.unsafe(`copy floor_${kind} from stdin (format csv)`).writable();
        sink.end(stringify(rows));
        await finished(sink);
      }
    });
  } finally {
    await sql.end();
  }
}

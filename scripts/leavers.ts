import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { closeDatabases, database } from "@/db/connection/client";
import { openDatabase } from "@/db/server/open";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { perform, rehearse } from "@/lib/commands/door";
import { switchOffLeavers } from "@/lib/commands/sign-on/switch-off-leavers";
import { headerOf } from "@/lib/connectors/csv/reader";
import { isSepLine, readRecords } from "@/lib/connectors/csv/splitter";
import { refuse } from "@/lib/errors";
import { count } from "@/lib/text/words";
import { endRefused } from "./misuse";

/**
 * `npm run -s leavers -- FILE.csv [--column email] [--most 5] [--dry-run]`: switches off everybody who is not in a nightly
 * list of those who are still there; nobody is deleted. `--dry-run` says whom it would. Exit status 2 when it refused,
 * and then nobody was switched off. Source: docs/single-sign-on.md.
 */
const USAGE = "npm run -s leavers -- FILE.csv [--column email] [--most 5] [--dry-run]";

/** What stands in one column of a file, row by row. */
async function columnOf(file: string, column: string): Promise<string[]> {
  const found: string[] = [];
  let at: number | null = null;
  for await (const records of readRecords(createReadStream(file)))
    for (const record of records) {
      if (at === null && isSepLine(record)) continue;
      if (at !== null) {
        if (record.fault) refuse("FILE", file, `line ${record.line}: ${record.fault}`);
        const cell = record.cells[at]?.trim();
        if (cell) found.push(cell);
        continue;
      }
      const header = headerOf(record);
      at = header.indexOf(column);
      if (at < 0) refuse("--column", column, `is none of the file's columns: ${header.join(", ")}`);
    }
  return found;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      column: { type: "string", default: "email" },
      most: { type: "string" },
      "dry-run": { type: "boolean", default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) refuse("arguments", null, "name one file");
  const present = await columnOf(file as string, values.column);
  const opened = await openDatabase();
  try {
    const input = { present, ...(values.most !== undefined && { most: Number(values.most) }) };
    const call = { actor: COMMAND_LINE, client: database() };
    const tell = values["dry-run"] ? rehearse : perform;
    const { answer } = await tell(switchOffLeavers, input, call);
    for (const { name } of answer?.switchedOff ?? []) console.log(name);
    const off = count(answer?.switchedOff.length ?? 0, "person", "people");
    console.error(`${off} ${values["dry-run"] ? "would be" : "were"} switched off; ${answer?.present} stay.`);
  } finally {
    await closeDatabases();
    await opened.close();
  }
} catch (error) {
  endRefused(error, USAGE);
}

import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Db } from "@/db/connection/client";
import { logFiles } from "@/lib/audit/export-log";

/** Writes an export into a folder, which must not be there yet. */
export async function exportLog(db: Db, folder: string): Promise<void> {
  mkdirSync(folder);
  for await (const { name, lines } of logFiles(db)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const file = createWriteStream(path);
    for await (const line of lines) if (!file.write(`${line}\n`)) await once(file, "drain");
    file.end();
    await once(file, "close");
  }
}

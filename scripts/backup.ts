import { resolve } from "node:path";
import { closeDatabases, database } from "@/db/connection/client";
import { backUp } from "@/db/server/backup";
import { findCluster } from "@/db/server/cluster";
import { dataDirectory } from "@/db/server/data-directory";
import { openDatabase } from "@/db/server/open";
import { logKeys, newestHead } from "@/lib/audit/head";
import { fileSize } from "@/lib/text/numbers";
import { noteBackup } from "./last-backup";

/**
 * `npm run backup -- FOLDER`: copies the built-in database, and the keys, into a new folder, while people go on writing.
 * What was acknowledged before its end is in it. Exit status 1 when it failed and nothing was made; 2 when it was
 * called wrongly, or the database is one's own, which has better tools (docs/operations.md).
 */
const USAGE = "npm run backup -- FOLDER";

async function main(given: string): Promise<void> {
  const dataDir = dataDirectory();
  if (!findCluster(dataDir))
    throw new Error(`there is no database in ${dataDir} yet: \`npm start\` makes one`);
  const opened = await openDatabase();
  try {
    const { db } = database();
    const head = await newestHead(db);
    const kept: Record<string, string> =
      head === null ? {} : { "head.json": JSON.stringify({ head, keys: await logKeys(db) }) };
    const folder = resolve(given);
    const cluster = findCluster(dataDir)!;
    const { at, files } = await backUp({ url: opened.url, cluster, dataDir }, folder, kept);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    noteBackup({ at, folder });
    console.log(`${folder} holds all that was acknowledged by ${at}: ${fileSize(bytes)}, and the keys.`);
    console.log("It is as secret as the database. Keep it on another machine.");
  } finally {
    await closeDatabases();
    await opened.close();
  }
}

const [folder, ...more] = process.argv.slice(2);
if (!folder || more.length > 0) {
  console.error(`name one folder, which is made\n${USAGE}`);
  process.exitCode = 2;
} else if (process.env.DATABASE_URL) {
  console.error(
    "DATABASE_URL names a Postgres of your own: back it up by its own tools (docs/operations.md, Backup and restore)",
  );
  process.exitCode = 2;
} else {
  await main(folder).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

import { closeDatabases, database } from "@/db/connection/client";
import { openDatabase } from "@/db/server/open";
import { claimedHead, logKeys, newestHead } from "@/lib/audit/head";

/**
 * `npm run -s head`: the audit log's newest signed head as JSON, to keep outside (domain.md §9); the verifier takes it.
 * Exit status 1 in a log that has none yet.
 */
const opened = await openDatabase();
try {
  const { db } = database();
  const head = await newestHead(db);
  if (head === null) {
    console.error(
      "nothing of the log is signed yet: the first head comes a few seconds after the first entry",
    );
    process.exitCode = 1;
  } else console.log(JSON.stringify({ head, ...claimedHead(head), keys: await logKeys(db) }, null, 2));
} finally {
  await closeDatabases();
  await opened.close();
}

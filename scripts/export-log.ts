import { closeDatabases, database } from "@/db/connection/client";
import { openDatabase } from "@/db/server/open";
import { exportLog } from "./write-export";

/**
 * `npm run -s export-log -- FOLDER`: writes the audit log, and what stands on it, into a new folder, for whoever verifies
 * it elsewhere (scripts/verifier/README.md). Exit status 2 when it was called wrongly.
 */
const USAGE = "npm run -s export-log -- FOLDER";

const [folder, ...more] = process.argv.slice(2);
if (!folder || more.length > 0) {
  console.error(`name one folder, which is made\n${USAGE}`);
  process.exitCode = 2;
} else {
  const opened = await openDatabase();
  try {
    await exportLog(database().db, folder);
  } finally {
    await closeDatabases();
    await opened.close();
  }
}

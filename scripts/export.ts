import { resolve } from "node:path";
import { openDatabase } from "@/db/server/open";
import { writeWhole } from "@/db/server/whole";

/**
 * `npm run -s export -- FOLDER`: every row of the database as JSON lines, a file a table, into a new folder, which
 * `npm run -s load-export` loads into an empty database. Exit status 2 when it was called wrongly.
 */
const USAGE = "npm run -s export -- FOLDER";

const [folder, ...more] = process.argv.slice(2);
if (!folder || more.length > 0) {
  console.error(`name one folder, which is made\n${USAGE}`);
  process.exitCode = 2;
} else {
  const opened = await openDatabase();
  try {
    const { tables } = await writeWhole(opened.url, resolve(folder));
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(`${rows} rows of ${tables.length} tables. It is as secret as the database.`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  } finally {
    await opened.close();
  }
}

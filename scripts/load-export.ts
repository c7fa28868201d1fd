import { resolve } from "node:path";
import { openDatabase } from "@/db/server/open";
import { loadWhole } from "@/db/server/whole";

/**
 * `npm run -s load-export -- FOLDER`: loads what `npm run -s export` wrote into a database that nobody has used yet,
 * whole or not at all. Exit status 1 when it was not loaded, 2 when it was called wrongly.
 */
const USAGE = "npm run -s load-export -- FOLDER";

const [folder, ...more] = process.argv.slice(2);
if (!folder || more.length > 0) {
  console.error(`name one folder\n${USAGE}`);
  process.exitCode = 2;
} else {
  const opened = await openDatabase();
  try {
    const { tables } = await loadWhole(opened.url, resolve(folder));
    console.log(
      `${tables.length} tables are as they were. Look: npm run -s rebuild -- --check, npm run -s verify.`,
    );
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  } finally {
    await opened.close();
  }
}

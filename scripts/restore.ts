import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { dataDirectory } from "@/db/server/data-directory";
import { startEmbedded } from "@/db/server/embedded";
import { restore } from "@/db/server/restore";

/**
 * `npm run restore -- FOLDER`: puts a backup into DATA_DIR, which holds no database yet, starts it, and has the verifier
 * hold its audit log against the head that was signed when it was made. Exit status 1 when the backup is damaged,
 * does not come up or does not verify; 2 when it was called wrongly.
 */
const USAGE = "DATA_DIR=NEW npm run restore -- FOLDER";
const VERIFIER = fileURLToPath(new URL("verifier/verify.mjs", import.meta.url));

async function main(folder: string): Promise<number> {
  const dataDir = dataDirectory();
  console.log("Holding every file against its sum …");
  const { at } = await restore(folder, dataDir);
  console.log("Bringing the database to the backup's end …");
  const server = await startEmbedded({ dataDir });
  try {
    const head = join(folder, "head.json");
    // In the environment: everybody on the machine can read a command line, and this is the superuser's address.
    const args = ["--database-from", "RESTORED_DATABASE", ...(existsSync(head) ? ["--head", head] : [])];
    const env = { ...process.env, RESTORED_DATABASE: server.url };
    const { status } = spawnSync(process.execPath, [VERIFIER, ...args], { stdio: "inherit", env });
    if (status === 0) console.log(`${dataDir} holds the database of ${at}. \`npm start\` serves it.`);
    return status ?? 1;
  } finally {
    await server.stop();
  }
}

const [folder, ...more] = process.argv.slice(2);
if (!folder || more.length > 0) {
  console.error(`name the folder of one backup\n${USAGE}`);
  process.exitCode = 2;
} else if (process.env.DATABASE_URL) {
  console.error(
    "DATABASE_URL names a Postgres of your own: restore it by its own tools (docs/operations.md, Backup and restore)",
  );
  process.exitCode = 2;
} else {
  process.exitCode = await main(resolve(folder)).catch((error: Error) => {
    console.error(error.message);
    return 1;
  });
}

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/db/server/postmaster";
import { startServing } from "@/scripts/serve";

/**
 * Serves the production build over a database of its own with the demo story, as `npm start` would on
 * first run. Tests find the address in BASE_URL (the config's baseURL) and the database's owner in
 * DATABASE_URL; both are gone after the run.
 */
export default async function startApp(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-e2e-"));
  // Root hands the database to another user, who must get in.
  chmodSync(dataDir, 0o711);
  for (const name of [
    "DATABASE_URL",
    "DATABASE_READ_URL",
    "NEXTAUTH_SECRET",
    "NEXTAUTH_URL",
    "HOST",
    "DEMO",
  ]) {
    delete process.env[name];
  }
  process.env.DATA_DIR = dataDir;
  process.env.PORT = String(await freePort());
  // A CRM of this machine, which the deal panel's journey plays (panel.spec.ts).
  process.env.PANEL_ORIGINS = "http://127.0.0.1:*";
  const served = await startServing({ throwaway: true });
  process.env.BASE_URL = served.address;
  process.env.DATABASE_URL = served.databaseUrl;
  return async () => {
    await served.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@/db/connection/client";
import { freePort } from "@/db/server/postmaster";
import { firstLink } from "@/scripts/first-link";
import { startServing } from "@/scripts/serve";

/** A second server on the same build, over a database in which nothing was ever told. */
export interface EmptyHouse {
  address: string;
  databaseUrl: string;
  /** By which its first admin, of this address, sets a password. */
  link: string;
  email: string;
  close(): Promise<void>;
}

/**
 * Starts one as `npm start` would with `DEMO=off`, and leaves the environment of the others as it was.
 *
 * @param more what else it is started with, by the address that it will have
 */
export async function openEmptyHouse(
  more: (address: string) => Promise<Record<string, string>> = async () => ({}),
): Promise<EmptyHouse> {
  const { DATABASE_URL, DATA_DIR, PORT } = process.env;
  const port = await freePort();
  const added = await more(`http://localhost:${port}`);
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-empty-"));
  // Root hands the database to another user, who must get in.
  chmodSync(dataDir, 0o711);
  delete process.env.DATABASE_URL;
  Object.assign(process.env, { DATA_DIR: dataDir, PORT: String(port), DEMO: "off", ...added });
  const served = await startServing({ throwaway: true });
  Object.assign(process.env, { DATABASE_URL, DATA_DIR, PORT });
  for (const name of ["DEMO", ...Object.keys(added)]) delete process.env[name];
  const client = connect(served.databaseUrl, { max: 1 });
  const first = await firstLink(client, served.address);
  await client.close();
  return {
    address: served.address,
    databaseUrl: served.databaseUrl,
    ...first!,
    close: async () => {
      await served.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

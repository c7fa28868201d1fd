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
  /** By which its first admin sets a password. */
  link: string;
  close(): Promise<void>;
}

/** Starts one as `npm start` would with `DEMO=off`, and leaves the environment of the others as it was. */
export async function openEmptyHouse(): Promise<EmptyHouse> {
  const { DATABASE_URL, DATA_DIR, PORT } = process.env;
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-empty-"));
  // Root hands the database to another user, who must get in.
  chmodSync(dataDir, 0o711);
  delete process.env.DATABASE_URL;
  Object.assign(process.env, { DATA_DIR: dataDir, PORT: String(await freePort()), DEMO: "off" });
  const served = await startServing({ throwaway: true });
  Object.assign(process.env, { DATABASE_URL, DATA_DIR, PORT });
  delete process.env.DEMO;
  const client = connect(served.databaseUrl, { max: 1 });
  const first = await firstLink(client, served.address);
  await client.close();
  return {
    address: served.address,
    databaseUrl: served.databaseUrl,
    link: first!.link,
    close: async () => {
      await served.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

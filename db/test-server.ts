import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "./server/embedded";
import { migrate } from "./server/migrate";

/** Before the tests that need Postgres: a server in a folder that is removed after, and a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-test-"));
  // Root hands the server to another user, who must get in.
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, throwaway: true });
  await migrate(server.url);
  project.provide("templateUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

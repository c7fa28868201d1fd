import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@/db/connection/client";
import { startEmbedded } from "@/db/server/embedded";
import { migrate } from "@/db/server/migrate";
import { serverDay } from "@/lib/commands/door";
import { benchBacktest } from "./backtest";
import { benchBulk } from "./bulk";
import { benchClassify } from "./classify";
import { makeCompany } from "./company";
import { benchDashboard } from "./dashboard";
import { benchImport } from "./import";
import { describeMachine } from "./machine";

/** `npm run -s bench`: rates and times on this machine, each beside a floor measured in the same run. */
console.log(describeMachine());
await benchClassify();

const dataDir = mkdtempSync(join(tmpdir(), "countersign-bench-"));
chmodSync(dataDir, 0o711);
const server = await startEmbedded({ dataDir, throwaway: true });
try {
  await migrate(server.url);
  const client = connect(server.url);
  const today = serverDay();
  await benchImport(client, server.url, makeCompany(10_000, today));
  await benchDashboard(client, today);
  await benchBacktest(client, today);
  await benchBulk(client);
  await client.close();
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

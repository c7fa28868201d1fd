import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "@/db/connection/client";
import { growLog } from "./grow";
import { verifyLog } from "./verify-log";

/**
 * Takes every entry into the tree, as the server does in the background: one waits while any transaction of the same
 * Postgres that is older runs, another test's in another database too.
 */
export async function growWhole(client: Client): Promise<void> {
  for (let turn = 0; turn < 400; turn++) {
    await growLog(client);
    const verdict = await verifyLog(client.db);
    if (!verdict.ok || verdict.waiting === 0) return;
    await pause(50);
  }
}

import { randomUUID } from "node:crypto";
import { guardedTransaction } from "@/db/connection/transaction";
import { auditChecks } from "@/db/schema/audit";
import { verifyLog } from "@/lib/audit/verify-log";
import type { Job } from "./job";

/** Verifies the whole audit log once a day (domain.md §9) and keeps what was found; a log that is not whole is a fault. */
export const verifyAuditLog: Job = {
  name: "verify-audit-log",
  everyMs: 24 * 60 * 60_000,
  async work(client) {
    const verdict = await verifyLog(client.db);
    const context = { actor: "system:verify-audit-log", request: randomUUID(), retry: true };
    await guardedTransaction(client, context, (tx) => tx.insert(auditChecks).values({ verdict }));
    if (!verdict.ok) throw new Error(`the audit log is not whole: ${JSON.stringify(verdict)}`);
  },
};

import { database } from "@/db/connection/client";
import { type LogFile, logFiles } from "@/lib/audit/export-log";
import type { Actor } from "@/lib/auth/actor";
import { mustReadLog } from "./may-read";

/**
 * The audit log and what stands on it, as an outsider's verifier reads it (§9): no query of the API, since a log of
 * years is more than one answer holds. For who may read the log.
 */
export function auditFiles(actor: Actor): AsyncIterable<LogFile> {
  mustReadLog(actor);
  return logFiles(database().db);
}

import { database } from "@/db/connection/client";
import { type LogFile, logFiles } from "@/lib/audit/export-log";
import type { Actor } from "@/lib/auth/actor";
import { holdersOf } from "@/lib/auth/permissions";
import { Refusal } from "@/lib/errors";
import { mustOpen } from "../query";

/**
 * The audit log and what stands on it, as an outsider's verifier reads it (§9): no query of the API, since a log of
 * years is more than one answer holds. For who may read the log.
 */
export function auditFiles(actor: Actor): AsyncIterable<LogFile> {
  mustOpen(actor);
  if (!holdersOf("audit.read").includes(actor.role)) {
    const rule = "the audit log is not for your role";
    throw new Refusal({ code: "forbidden", field: "", value: actor.role, rule });
  }
  return logFiles(database().db);
}

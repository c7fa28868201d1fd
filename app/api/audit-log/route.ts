import { answerAuditFiles } from "@/lib/api/audit-files";
import { currentActor } from "@/lib/auth/session";

/** The audit log and what stands on it, to verify elsewhere. */
export const GET = () => answerAuditFiles(currentActor);

export const dynamic = "force-dynamic";

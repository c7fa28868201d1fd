import { answerPlanCertificate } from "@/lib/api/certificate-pdf";
import { currentActor } from "@/lib/auth/session";

/** What was recorded of the signatures on a compensation plan, to keep beside it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answerPlanCertificate((await params).id, currentActor);
}

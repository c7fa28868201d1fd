import { answerCertificate } from "@/lib/api/certificate-pdf";
import { currentActor } from "@/lib/auth/session";

/** What was recorded of the signatures on a memo, to keep beside it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answerCertificate((await params).id, currentActor);
}

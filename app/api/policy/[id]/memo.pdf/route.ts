import { answerMemoPdf } from "@/lib/api/memo-pdf";
import { currentActor } from "@/lib/auth/session";

/** The memo of a policy to read, print or send. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answerMemoPdf((await params).id, currentActor);
}

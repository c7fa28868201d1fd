import { answerMemoPdf } from "@/lib/api/memo-pdf";
import { currentActor } from "@/lib/auth/session";

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answerMemoPdf(decodeURIComponent((await params).id), await currentActor());
}

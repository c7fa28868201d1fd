import { answerSentEvidence } from "@/lib/api/sent-evidence";

/** What a mailbox or a recorder of calls sends. */
export async function POST(request: Request, { params }: { params: Promise<{ kind: string }> }) {
  return answerSentEvidence(request, (await params).kind);
}

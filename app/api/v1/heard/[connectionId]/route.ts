import { answerHeard } from "@/lib/api/heard";

/** What a CRM says has changed there. */
export async function POST(request: Request, { params }: { params: Promise<{ connectionId: string }> }) {
  return answerHeard(request, (await params).connectionId);
}

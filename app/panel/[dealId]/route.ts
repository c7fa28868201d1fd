import { answerPanel } from "@/lib/api/deal-panel";

/** What a deal came to, for a frame in the CRM. */
export async function GET(request: Request, { params }: { params: Promise<{ dealId: string }> }) {
  return answerPanel(request, (await params).dealId);
}

export const dynamic = "force-dynamic";

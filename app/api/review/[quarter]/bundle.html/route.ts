import { answerProofBundle } from "@/lib/api/proof-bundle";
import { currentActor } from "@/lib/auth/session";

/** A frozen quarter's proof bundle: `?number=sourcedPipeline.amount` opens it at a number, `?since=` a head that was kept. */
export async function GET(request: Request, { params }: { params: Promise<{ quarter: string }> }) {
  const { quarter } = await params;
  return answerProofBundle(quarter, new URL(request.url).searchParams, currentActor);
}

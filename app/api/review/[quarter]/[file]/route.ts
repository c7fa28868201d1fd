import { answerPack } from "@/lib/api/review-pack";
import { currentActor } from "@/lib/auth/session";

/** A quarter's review to take away: `pack.pdf`, `pack.pptx` or `pack.xlsx`. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ quarter: string; file: string }> },
): Promise<Response> {
  return answerPack(await params, currentActor, request);
}

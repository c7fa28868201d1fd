import { answerOriginal } from "@/lib/api/kept-file";
import { currentActor } from "@/lib/auth/session";

/** A file that was handed in as evidence, by its hash. */
export async function GET(_request: Request, { params }: { params: Promise<{ sha256: string }> }) {
  return answerOriginal((await params).sha256, currentActor);
}

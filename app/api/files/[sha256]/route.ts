import { answerKeptFile } from "@/lib/api/kept-file";
import { currentActor } from "@/lib/auth/session";

/** A file kept as proof, by its hash. */
export async function GET(_request: Request, { params }: { params: Promise<{ sha256: string }> }) {
  return answerKeptFile((await params).sha256, currentActor);
}

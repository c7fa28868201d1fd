import { eq } from "drizzle-orm";
import { notes } from "@/db/schema/notes";
import { refuse } from "@/lib/errors";
import type { WriteContext } from "../verb";

const NOTE = /^note:/i;

/** A note that somebody names by hand is one that is kept here (§10): one that exists nowhere is no proof. */
export async function mustBeKept(
  { tx }: Pick<WriteContext, "tx">,
  at: string,
  proof: string | null | undefined,
): Promise<void> {
  if (!proof || !NOTE.test(proof)) return;
  const id = proof.replace(NOTE, "");
  const [kept] = await tx.select({ id: notes.id }).from(notes).where(eq(notes.id, id));
  if (!kept) refuse(at, proof, "is no note that is kept here: write the note, or give a link");
}

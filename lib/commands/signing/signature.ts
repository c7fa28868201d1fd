import { sql } from "drizzle-orm";
import { z } from "zod";
import { newestHead } from "@/lib/audit/head";
import type { Seat, SignMethod } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import { inPersonInput } from "../in-person";
import type { WriteContext } from "../verb";
import { seatOf } from "./guards";

/** What a verb that signs is sent beside the document's id. */
export const signatureInput = {
  /** The hash that the signer read; the signature is over this and nothing else. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, "must be the SHA-256 of the text"),
  ...inPersonInput,
};

/** The actor's seat, and the person in it: the guards let nobody else so far. */
export function seatedBy({ actor }: WriteContext): { seat: Seat; userId: string } {
  return { seat: seatOf(actor)!, userId: actor.userId! };
}

/**
 * The actor's signature over the hash that they read, with the head of the audit log that stands. Refuses a hash that
 * is not the document's.
 */
export async function signatureOver(
  context: WriteContext,
  hash: string,
  stands: string | null,
  method: SignMethod,
) {
  if (hash !== stands)
    refuse("hash", hash, "the text that stands here to be signed is another: its hash differs");
  return {
    ...{ ...seatedBy(context), name: context.actor.name, hash, method },
    logHead: await newestHead(context.tx),
  };
}

/** The audit log's entry of a signature on a document. */
export const signatureEntry = (documentId: string, signature: { seat: Seat }) => ({
  ...{ subjectKind: "signature", subjectId: `${documentId} ${signature.seat}`, dealId: null },
  ...{ before: null, after: signature },
});

/** What a withdrawal writes: the document's signatures are void, its text is kept. */
export const withdrawal = ({ actor }: WriteContext, reason: string) => ({
  ...{ withdrawnAt: sql`now()`, withdrawnBy: actor.userId, withdrawnReason: reason },
});

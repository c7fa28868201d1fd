import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { idempotencyKeys } from "@/db/schema/audit";
import { canonicalJson } from "@/lib/attribution/canonical";
import { authSecret } from "@/lib/auth/secret";
import { Refusal } from "@/lib/errors";
import { withoutSecrets } from "./parse";

/** A write under a key of its sender's choice: however often it is sent, it is made once. */
export interface KeyedWrite {
  /** Of the sender, as the audit log names them; keys of different people are different. */
  actorId: string;
  key: string;
  action: string;
  input: unknown;
}

const rowKey = ({ actorId, key }: KeyedWrite) => `${actorId}:${key}`;

/** Without its passwords, and under the installation's secret: whoever reads the table must not try what it may be. */
function inputHash({ action, input }: KeyedWrite): string {
  const told = canonicalJson({ action, input: withoutSecrets(input) });
  return createHmac("sha256", authSecret()).update(told).digest("hex");
}

/**
 * Claims a write's key. The first call inserts it and goes on with null; a repeat waits for the first to
 * commit and gets its answer; the same key with another body is refused.
 */
export async function answeredBefore(tx: Tx, write: KeyedWrite): Promise<unknown> {
  const key = rowKey(write);
  const hash = inputHash(write);
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ key, action: write.action, inputHash: hash, answer: {} })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length > 0) return null;
  const [first] = await tx.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, key));
  if (first?.inputHash !== hash) {
    throw new Refusal({
      code: "idempotency",
      field: "Idempotency-Key",
      value: write.key,
      rule: "was used before for another request; use a new key",
    });
  }
  return first.answer;
}

/** Keeps the answer of a write whose key was claimed in this transaction. */
export async function rememberAnswer(tx: Tx, write: KeyedWrite, answer: object): Promise<void> {
  await tx
    .update(idempotencyKeys)
    .set({ answer })
    .where(eq(idempotencyKeys.key, rowKey(write)));
}

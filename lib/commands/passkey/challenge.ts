import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { type CHALLENGE_PURPOSES, challenges } from "@/db/schema/identities";
import type { Actor } from "@/lib/auth/actor";
import { tokenHash } from "@/lib/auth/links";
import { refuse } from "@/lib/errors";

type Purpose = (typeof CHALLENGE_PURPOSES)[number];

/** For how long somebody may look for their authenticator. */
const MINUTES = 5;

/** A challenge for one person in one session: answered once, within minutes, for what it was made for. */
export async function newChallenge(tx: Tx, actor: Actor, purpose: Purpose, about: string | null = null) {
  const userId = actor.userId ?? refuse("", null, "a person does this");
  const sessionId = actor.sessionId ?? refuse("", null, "a person does this, signed in");
  const challenge = randomBytes(32).toString("base64url");
  await tx.insert(challenges).values({
    ...{ tokenHash: tokenHash(challenge), purpose, userId, sessionId, about },
    expiresAt: sql`now() + make_interval(mins => ${MINUTES})`,
  });
  return challenge;
}

/**
 * Uses a challenge up, whatever becomes of the answer: refuses one that was used, is over, was made for another person,
 * session or thing.
 */
export async function spendChallenge(
  client: Client,
  actor: Actor,
  { challenge, purpose, about }: { challenge: string; purpose: Purpose; about: string | null },
): Promise<void> {
  const context = { actor: actor.id, request: `challenge ${tokenHash(challenge).slice(0, 12)}` };
  const used = await guardedTransaction(client, context, (tx) =>
    tx
      .update(challenges)
      .set({ usedAt: sql`now()` })
      .where(
        and(
          ...[eq(challenges.tokenHash, tokenHash(challenge)), eq(challenges.purpose, purpose)],
          ...[eq(challenges.userId, actor.userId ?? ""), eq(challenges.sessionId, actor.sessionId ?? "")],
          ...[isNull(challenges.usedAt), gt(challenges.expiresAt, sql`now()`)],
          about === null ? isNull(challenges.about) : eq(challenges.about, about),
        ),
      )
      .returning({ purpose: challenges.purpose }),
  );
  if (used.length === 0)
    refuse(
      "passkey",
      null,
      "answers nothing that was asked of you here for this, in the last minutes: begin again",
    );
}

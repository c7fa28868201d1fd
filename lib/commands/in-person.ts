import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Client, Db } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { passkeys, sessions, users } from "@/db/schema/people";
import { freezePreparations } from "@/db/schema/reviews";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Actor } from "@/lib/auth/actor";
import { type Assertion, assertionShape, challengeIn, counterAfter } from "@/lib/auth/passkeys";
import { verifyPassword } from "@/lib/auth/password";
import type { SignMethod } from "@/lib/auth/roles";
import { counted, countTry, forgiveTries } from "@/lib/auth/tries";
import { refuse } from "@/lib/errors";
import { sha256 } from "@/lib/sealing/seals";
import { inMinutes } from "@/lib/text/words";
import { spendChallenge } from "./passkey/challenge";
import type { PrepareContext } from "./verb";

type Whom = Pick<PrepareContext, "client" | "actor">;

/**
 * Asks again who is there, before what cannot be taken back: refuses a password that is not the actor's own. For a
 * verb's `prepare`: a session that was left open is no way to guess its owner's password, so tries are counted
 * whatever becomes of the write, and no lock is held while the hash is made.
 *
 * @param to what it is for, `to sign`
 */
export async function mustKnowPassword({ client, actor }: Whom, password: string, to: string): Promise<void> {
  const userId = actor.userId ?? "";
  const tries = [counted("person", userId)];
  const { seconds } = await countTry(client, tries);
  if (seconds > 0) refuse("password", null, `was wrong too often: wait ${inMinutes(seconds)}`);
  const [person] = await client.db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId));
  if (!(await verifyPassword(password, person?.passwordHash ?? null)))
    refuse("password", null, `is not yours: enter your own password ${to}`);
  await forgiveTries(client, tries);
}

/** How fresh a sign-in must be where there is no password to ask for. */
const FRESH_MINUTES = 10;

/**
 * The same of whoever may have no password: then their session must have begun within the last ten minutes, so that one
 * that was left open does nothing of its owner's.
 *
 * @param to what it is for, `to make a key`
 */
export async function mustBeThere(whom: Whom, password: string | undefined, to: string): Promise<void> {
  const { client, actor } = whom;
  const [person] = await client.db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, actor.userId ?? ""));
  if (person?.passwordHash) return mustKnowPassword(whom, password ?? "", to);
  const [session] = await client.db
    .select({ createdAt: sessions.createdAt })
    .from(sessions)
    .where(eq(sessions.id, actor.sessionId ?? ""));
  if (!session || Date.now() - session.createdAt.getTime() > FRESH_MINUTES * 60_000)
    refuse(
      "",
      null,
      `you have no password to ask for: sign in anew by single sign-on ${to} within ten minutes`,
    );
}

/** The verbs that a person signs, in person: by their own password or their own passkey. */
export const SIGNED_VERBS = [
  "sign-policy",
  "sign-compensation-plan",
  "sign-forecast",
  "pay-compensation",
  "freeze-quarter",
] as const;
export type SignedVerb = (typeof SIGNED_VERBS)[number];

/** By what a signer shows again that it is they: one of the two. */
export const inPersonInput = {
  password: z.string().max(200).optional(),
  /** The passkey's answer to begin-signature. */
  passkey: assertionShape.optional(),
};

interface Shown {
  password?: string;
  passkey?: Assertion;
}

/**
 * What a passkey's challenge is bound to: the verb, all that is sent to it (of a text its hash), the signer's seat, and
 * of a freeze the digest that was prepared. SHA-256, hexadecimal.
 */
export async function aboutOf(
  db: Db,
  actor: Actor,
  verb: SignedVerb,
  input: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { password: _, passkey: __, ...sent } = input;
  const prepared = verb === "freeze-quarter" ? await preparedDigest(db, String(sent.quarter)) : null;
  return sha256(canonicalJson({ verb, sent, seat: actor.role, prepared }));
}

async function preparedDigest(db: Db, quarter: string): Promise<string | null> {
  const [row] = await db
    .select({ digest: freezePreparations.digest })
    .from(freezePreparations)
    .where(eq(freezePreparations.quarter, quarter));
  return row?.digest ?? null;
}

/** The `prepare` of a verb that is signed; answers by what the signer showed that it is they. */
export const signedInPerson =
  (verb: SignedVerb, to: string) =>
  async (context: PrepareContext, input: Shown): Promise<SignMethod> => {
    const { password, passkey } = input;
    if (passkey) {
      const about = await aboutOf(context.client.db, context.actor, verb, input as Record<string, unknown>);
      await mustHoldPasskey(context, passkey, about);
      return "passkey";
    }
    await mustKnowPassword(context, password ?? "", to);
    const { demo, ownPassword, ownPasskey } = context.actor;
    if (!demo && !ownPassword && ownPasskey)
      refuse(
        "password",
        null,
        `counts for no signature: ${to.slice(3)} with a passkey, or change it in a browser of your own`,
      );
    return "password";
  };

async function mustHoldPasskey({ client, actor }: Whom, answer: Assertion, about: string): Promise<void> {
  const challenge = challengeIn(answer);
  await spendChallenge(client, actor, { challenge, purpose: "sign", about });
  const [kept] = await client.db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.id, answer.id), eq(passkeys.userId, actor.userId ?? "")));
  if (!kept) return refuse("passkey", null, "is not yours");
  if (!kept.own)
    return refuse("passkey", null, "was registered in an admin's browser: it counts for no signature");
  await keepCounter(client, actor, kept.id, await counterAfter(answer, challenge, kept));
}

/** A copy of a passkey would answer with a counter that was told before. */
async function keepCounter(client: Client, actor: Actor, id: string, counter: number): Promise<void> {
  const context = { actor: actor.id, request: `passkey ${id.slice(0, 12)}` };
  await guardedTransaction(client, context, (tx) =>
    tx.update(passkeys).set({ counter, usedAt: sql`now()` }).where(eq(passkeys.id, id)),
  );
}

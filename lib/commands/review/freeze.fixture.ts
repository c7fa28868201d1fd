import { sql } from "drizzle-orm";
import postgres from "postgres";
import { guardedTransaction } from "@/db/connection/transaction";
import { canonicalJson } from "@/lib/attribution/canonical";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import type { Actor } from "@/lib/auth/actor";
import { policyHash } from "@/lib/judging/policy-book";
import { CLOSE_CATEGORIES } from "@/lib/metrics/cost-categories";
import { type Company, PASSWORD } from "../commands.fixture";
import { type Call, perform } from "../door";
import { sayNoCost } from "../finance/say-no-cost";
import { freezeQuarter } from "./freeze-quarter";
import { prepareFreeze } from "./prepare-freeze";
import { startReview } from "./start-review";
import { writeReview } from "./write-review";

/**
 * A signed agreement that has been in force for years: the guards let nobody sign for the past, so an owner who
 * switches them off writes it down.
 *
 * @param signers ids of three people, by seat
 */
export async function agreedForYears(
  url: string,
  signers: Record<"cro" | "finance" | "head_of_partnerships", string>,
  policy: Policy = PRESETS.two_bucket,
): Promise<void> {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const [text, hash] = [canonicalJson(policy), policyHash(policy)];
  try {
    await owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into policies (id, title, document, canonical, hash, active_from, proposed_at, period)
        values ('M-years', 'The memo', ${text}::text::jsonb, ${text}, ${hash}, '2001-01-01', now(), '[2001-01-01,)')`;
      for (const [seat, userId] of Object.entries(signers))
        await tx`insert into signatures (policy_id, seat, user_id, name, hash)
          values ('M-years', ${seat}, ${userId}, ${userId}, ${hash})`;
    });
  } finally {
    await owner.end();
  }
}

/** Who writes, and how; finance and the head of partnerships at least. */
export interface Closers {
  finance: Actor;
  head: Actor;
  call: Omit<Call, "actor">;
  password?: string;
}

/** Everything that the close checklist asks for but the policy and the cases: no costs, a review with minutes. */
export async function holdReview(quarter: string, { finance, head, call }: Closers): Promise<void> {
  for (const said of CLOSE_CATEGORIES)
    await perform(sayNoCost, { quarter, ...said }, { actor: finance, ...call }).catch((error) => {
      if (!/has a cost/.test(String(error.rule))) throw error;
    });
  const { answer } = await perform(startReview, { quarter }, { actor: head, ...call });
  const written = { quarter, version: answer.version, minutes: "All of us were there." };
  await perform(writeReview, written, { actor: head, ...call });
}

/** Prepared by the head of partnerships, frozen by finance. */
export async function prepareAndFreeze(
  quarter: string,
  { finance, head, call, password = PASSWORD }: Closers,
) {
  await perform(prepareFreeze, { quarter }, { actor: head, ...call });
  return (await perform(freezeQuarter, { quarter, password }, { actor: finance, ...call })).answer;
}

/** The fixture's company, as closers. */
export const closersOf = (company: Company, today: string): Closers => ({
  finance: company.actor("fay"),
  head: company.actor("hope"),
  call: { client: company.client, today },
});

export const SIGNERS = { cro: "carl", finance: "fay", head_of_partnerships: "hope" } as const;

/** A quarter of the fixture's company from nothing signed to frozen. */
export async function freezeOf(company: Company, quarter: string, today: string) {
  await agreedForYears(company.url, SIGNERS);
  await holdReview(quarter, closersOf(company, today));
  return prepareAndFreeze(quarter, closersOf(company, today));
}

/** What signing would have written in the log, of the agreement that is there for years. */
export async function tellSignatures({ client }: Company): Promise<void> {
  const [policy] = await client.db.execute<{ hash: string }>(
    sql`select hash from policies where id = 'M-years'`,
  );
  for (const [seat, person] of Object.entries(SIGNERS)) {
    const [userId, name, hash] = [person, person, policy!.hash];
    const after = { policyId: "M-years", seat, userId, name, hash, logHead: null };
    const who = { actor: `user:${person}`, request: "signing" };
    await guardedTransaction(client, who, (tx) =>
      tx.execute(sql`insert into audit_log (actor, action, request, subject_kind, subject_id, after)
        values (${who.actor}, 'sign-policy', ${who.request}, 'signature', ${`M-years ${seat}`}, ${JSON.stringify(after)}::text::jsonb)`),
    );
  }
}

import { eq, sql } from "drizzle-orm";
import { policies, policyDeclines } from "@/db/schema/policies";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import { Refusal, refuse } from "@/lib/errors";
import type { WriteContext } from "../verb";
import { type OfPolicy, whyNotBegin } from "./guards";

export type PolicyRow = typeof policies.$inferSelect;

/** Locks a policy for the rest of the transaction. */
export async function lockPolicy({ tx }: WriteContext, policyId: string): Promise<PolicyRow> {
  const [policy] = await tx.select().from(policies).where(eq(policies.id, policyId)).for("update");
  if (policy) return policy;
  throw new Refusal({
    code: "not_found",
    field: "policyId",
    value: policyId,
    rule: "there is no policy with this id",
  });
}

/** A policy as its guards ask about it. */
export interface PolicySubject extends OfPolicy {
  policy: PolicyRow;
}

/** Locks a policy and reads where it stands; with a version, refuses an edit that was made on an older draft. */
export async function policySubject(
  context: WriteContext,
  policyId: string,
  version?: number,
): Promise<PolicySubject> {
  const policy = await lockPolicy(context, policyId);
  if (version !== undefined && version !== policy.version) {
    throw new Refusal({
      code: "conflict",
      field: "version",
      value: { yours: version, now: policy },
      rule: "somebody changed this draft after you opened it; look at what stands now and try again",
    });
  }
  const declines = await context.tx
    .select({ seat: policyDeclines.seat })
    .from(policyDeclines)
    .where(eq(policyDeclines.policyId, policyId));
  const ended = declines.length > 0 ? "declined" : policy.withdrawnAt ? "withdrawn" : null;
  const { proposedAt, period, demo } = policy;
  return { policy, proposed: proposedAt !== null, ended, signed: period !== null, demo };
}

/** The first day from which an amendment may be in force, by the database's own rule; null while nothing was signed. */
export async function amendmentFrom({ tx }: Pick<WriteContext, "tx">): Promise<Day | null> {
  const [clock] = await tx.execute<{ day: Day | null }>(sql`select next_amendment_from()::text as day`);
  return clock?.day ?? null;
}

/** Refuses a text that cannot come to bind on a day, in the words of its guard. */
export async function mustBegin(
  context: WriteContext,
  document: Policy,
  activeFrom: Day,
  field: (name: string) => string,
): Promise<void> {
  const of = { document, activeFrom, today: context.today, amendmentFrom: await amendmentFrom(context) };
  const why = whyNotBegin(of);
  if (why) refuse(field(why.field), why.value, why.rule);
}

import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import type { Seat } from "@/lib/auth/roles";

/** How a policy became binding. */
export interface Signed {
  policyId: string;
  title: string;
  /** The nth policy that was signed, 1 the first. */
  number: number;
  /** The day of the third signature. */
  on: Day;
  activeFrom: Day;
  /** The first day of the policy that follows it; null when none is foreseen. */
  until: Day | null;
  by: { seat: Seat; name: string; on: Day }[];
}

/** A frozen text that waits for its signatures. */
export interface Proposed {
  policyId: string;
  title: string;
  hash: string;
  activeFrom: Day;
  signatures: number;
}

/** A policy as it judges: the document, its hash, and who made it binding. */
export interface PolicyInForce {
  policy: Policy;
  /** SHA-256 over the canonical JSON, 64 hexadecimal digits (domain.md §3). */
  hash: string;
  /** Null while it is a draft: every number then says so (§8.8). */
  signed: Signed | null;
  /** What is proposed to take its place; null when nothing is. */
  proposed: Proposed | null;
}

/** The policies of all time, asked by day. */
export interface PolicyBook {
  /**
   * A closed deal is judged by the policy of its close day, an open one by that of `asOf` (§5). Days before
   * the first signed policy are judged by it too: it is the only agreement there is.
   */
  inForce(day: Day): PolicyInForce;
  /** Those that judge some day, oldest first; one draft while nothing is signed. */
  readonly policies: readonly PolicyInForce[];
  /** Whether any of them compares deals with their cohort, so that one deal can change another's outcome. */
  readonly comparesCohorts: boolean;
}

/** SHA-256 of the policy's canonical JSON, which is what people sign (§3). */
export function policyHash(policy: Policy): string {
  return createHash("sha256").update(canonicalJson(policy)).digest("hex");
}

/** A book of one unsigned policy, for all days: a lens, a backtest, or what stands before anything is signed. */
export function draftBook(policy: Policy, proposed: Proposed | null = null): PolicyBook {
  return bookOf([{ policy, hash: policyHash(policy), signed: null, proposed }]);
}

/** Acceleration alone looks at other deals (§4 accelerated), and one model alone at acceleration (§5). */
export function asksForCohort(policy: Policy): boolean {
  return policy.model === "roi_buckets";
}

/** A book of policies, oldest first, each from its `activeFrom` until the next one's; the first from ever. */
function bookOf(policies: readonly PolicyInForce[]): PolicyBook {
  const from = ({ signed }: PolicyInForce) => signed?.activeFrom ?? "";
  return {
    inForce: (day) => policies.findLast((one) => from(one) <= day) ?? policies[0]!,
    policies,
    comparesCohorts: policies.some(({ policy }) => asksForCohort(policy)),
  };
}

interface Row extends Record<string, unknown> {
  id: string;
  title: string;
  document: Policy;
  hash: string;
  /** The first day in force; null while proposed. */
  begins: Day | null;
  active_from: Day;
  signatures: Signed["by"];
}

/** The policies this company has signed; until it has, the two_bucket preset as a draft (§3, §8.8). */
export async function policyBook(db: Db): Promise<PolicyBook> {
  const rows = await db.execute<Row>(sql`
    select p.id, p.title, p.document, p.hash, lower(p.period)::text as begins,
      p.active_from::text as active_from, coalesce((
        select json_agg(json_build_object('seat', s.seat, 'name', s.name,
          'on', (s.signed_at at time zone 'UTC')::date) order by s.seat)
        from signatures s where s.policy_id = p.id), '[]') as signatures
    from policies p
    where p.period is not null or (p.proposed_at is not null and p.withdrawn_at is null
      and not exists (select from policy_declines d where d.policy_id = p.id))
    order by lower(p.period), p.proposed_at desc`);
  const last = [...rows].find(({ begins }) => begins === null);
  const proposed: Proposed | null = last
    ? {
        policyId: last.id,
        title: last.title,
        hash: last.hash,
        activeFrom: last.active_from,
        signatures: last.signatures.length,
      }
    : null;
  const signed = [...rows].filter(({ begins }) => begins !== null);
  if (signed.length === 0) return draftBook(PRESETS.two_bucket, proposed);
  return bookOf(
    signed.map(({ id, title, document, hash, begins, signatures: by }, index) => ({
      policy: document,
      hash,
      signed: {
        policyId: id,
        title,
        number: index + 1,
        on: by.reduce((latest, { on }) => (on > latest ? on : latest), by[0]!.on),
        activeFrom: begins as Day,
        until: signed[index + 1]?.begins ?? null,
        by,
      },
      proposed,
    })),
  );
}

/** The policy in force on a day. */
export async function policyInForce(db: Db, day: Day): Promise<PolicyInForce> {
  return (await policyBook(db)).inForce(day);
}

import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import type { Seat } from "@/lib/auth/roles";
import { dayOfInstant } from "@/lib/company-day";

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
  /** Deals closed before this day are judged by the unsigned preset; null under the preset itself. */
  unsignedBefore: Day | null;
}

/** A deal as far as it decides which policy judges it. */
export interface OfClose {
  /** Null while it is open. */
  closedOn: Day | null;
}

/** The policies of all time, asked by day. */
export interface PolicyBook {
  /** The policy in force on a day: from its first day on, never before; until the first one the unsigned preset (§5). */
  onDay(day: Day): PolicyInForce;
  /**
   * What judges a deal as of a day (§5): a closed one the policy in force on its close day, an open one that in
   * force on `asOf`. From its first day on the first agreement also judges what closed since the day that it
   * reaches back to; what closed before that is the preset's.
   */
  judging(deal: OfClose, asOf: Day): PolicyInForce;
  /** Those that judge some deal, oldest first: the unsigned preset and what was signed. */
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
  const one = { policy, hash: policyHash(policy), signed: null, proposed, unsignedBefore: null };
  return {
    onDay: () => one,
    judging: () => one,
    policies: [one],
    comparesCohorts: asksForCohort(policy),
  };
}

/** Acceleration alone looks at other deals (§4 accelerated), and one model alone at acceleration (§5). */
export function asksForCohort(policy: Policy): boolean {
  return policy.model === "roi_buckets";
}

/** A policy that was signed, or would be. */
export type Binding = Pick<PolicyInForce, "policy" | "hash"> & { signed: Signed };

/** The book of what was signed, oldest first, over the preset that judges what no agreement does. */
export function bookOf(signed: readonly Binding[], proposed: Proposed | null = null): PolicyBook {
  const preset = draftBook(PRESETS.two_bucket, proposed);
  const [first] = signed;
  if (!first) return preset;
  const unsignedBefore = first.policy.reachesBackTo ?? first.signed.activeFrom;
  const binding = signed.map((one) => ({ ...one, proposed, unsignedBefore }));
  const onDay = (day: Day) => binding.findLast((one) => one.signed.activeFrom <= day) ?? preset.onDay(day);
  return {
    onDay,
    judging({ closedOn }, asOf) {
      if (closedOn === null || closedOn > asOf) return onDay(asOf);
      const reaches = first.signed.activeFrom <= asOf && closedOn >= unsignedBefore;
      return reaches && closedOn < first.signed.activeFrom ? binding[0]! : onDay(closedOn);
    },
    policies: [...preset.policies, ...binding],
    comparesCohorts: binding.some(({ policy }) => asksForCohort(policy)),
  };
}

interface Row extends Record<string, unknown> {
  id: string;
  title: string;
  document: unknown;
  hash: string;
  /** The first day in force; null while proposed. */
  begins: Day | null;
  active_from: Day;
  signatures: { seat: Seat; name: string; at: string }[];
  /** The company's: a signature is of a day in it. */
  zone: string;
}

/**
 * The policies this company has signed; until it has, the two_bucket preset as a draft (§3, §8.8).
 *
 * @param by as it was at that instant, ISO 8601: without what was signed later, and with nothing that was proposed
 */
export async function policyBook(db: Db, by?: string): Promise<PolicyBook> {
  const rows = await db.execute<Row>(sql`
    select p.id, p.title, p.document, p.hash, lower(p.period)::text as begins,
      p.active_from::text as active_from, coalesce((
        select json_agg(json_build_object('seat', s.seat, 'name', s.name,
          'at', s.signed_at) order by s.seat)
        from signatures s where s.policy_id = p.id), '[]') as signatures,
      (select time_zone from settings) as zone
    from policies p
    where p.period is not null or (p.proposed_at is not null and p.withdrawn_at is null
      and not exists (select from policy_declines d where d.policy_id = p.id))
    order by lower(p.period), p.proposed_at desc`);
  const last = by === undefined ? [...rows].find(({ begins }) => begins === null) : undefined;
  const proposed: Proposed | null = last
    ? {
        policyId: last.id,
        title: last.title,
        hash: last.hash,
        activeFrom: last.active_from,
        signatures: last.signatures.length,
      }
    : null;
  const signed = [...rows].filter(
    ({ begins, signatures }) =>
      begins !== null && (by === undefined || signatures.every(({ at }) => Date.parse(at) <= Date.parse(by))),
  );
  return bookOf(
    signed.map(({ id, title, document, hash, begins, signatures, zone }, index) => ({
      // What was signed before a field existed has its default (§3); its hash is over what was signed.
      policy: parsePolicy(document),
      hash,
      signed: signedOf(signatures, zone, {
        policyId: id,
        title,
        number: index + 1,
        activeFrom: begins as Day,
        until: signed[index + 1]?.begins ?? null,
      }),
    })),
    proposed,
  );
}

/** Signed on the company's day of the last signature. */
function signedOf(signatures: Row["signatures"], zone: string, rest: Omit<Signed, "on" | "by">): Signed {
  const by = signatures.map(({ seat, name, at }) => ({ seat, name, on: dayOfInstant(at, zone) }));
  return { ...rest, by, on: by.reduce((latest, { on }) => (on > latest ? on : latest), by[0]!.on) };
}

/** The policy in force on a day. */
export async function policyInForce(db: Db, day: Day): Promise<PolicyInForce> {
  return (await policyBook(db)).onDay(day);
}

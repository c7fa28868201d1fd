import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import type { Policy } from "@/lib/attribution/policy";
import type { Seat } from "@/lib/auth/roles";
import { addDays } from "@/lib/calendar";
import { moment, type SignatureRecord, signaturesOf } from "../signing/seats";
import type { amendmentShape, PolicyStanding, policyLineShape } from "./policy-shapes";

/** A policy as stored, with the names of who did what. Moments are ISO 8601 in UTC. */
export interface PolicyRecord extends Record<string, unknown> {
  id: string;
  title: string;
  document: Policy;
  version: number;
  demo: boolean;
  amends: string | null;
  hash: string | null;
  canonical: string | null;
  activeFrom: Day | null;
  begins: Day | null;
  ends: Day | null;
  /** The nth signed policy; null until it is. */
  number: number | null;
  draftedBy: string | null;
  draftedAt: string;
  proposedBy: string | null;
  proposedAt: string | null;
  withdrawnBy: string | null;
  withdrawnAt: string | null;
  withdrawnReason: string | null;
  declined: { seat: Seat; name: string; at: string; reason: string } | null;
  signatures: SignatureRecord[];
}

/** Policies as stored, newest first; one of them with an id. */
export async function readPolicies(db: Db, policyId?: string): Promise<PolicyRecord[]> {
  const rows = await db.execute<PolicyRecord>(sql`
    select p.id, p.title, p.document, p.version, p.demo, p.amends, p.hash, p.canonical,
      p.active_from::text as "activeFrom", lower(p.period)::text as begins, upper(p.period)::text as ends,
      case when p.period is not null then (
        select count(*)::integer from policies q where lower(q.period) <= lower(p.period)) end as number,
      d.name as "draftedBy", ${moment("p.drafted_at")} as "draftedAt",
      r.name as "proposedBy", ${moment("p.proposed_at")} as "proposedAt",
      w.name as "withdrawnBy", ${moment("p.withdrawn_at")} as "withdrawnAt", p.withdrawn_reason as "withdrawnReason",
      (select json_build_object('seat', c.seat, 'name', u.name, 'at', ${moment("c.declined_at")}, 'reason', c.reason)
        from policy_declines c join users u on u.id = c.user_id where c.policy_id = p.id) as declined,
      ${signaturesOf("signatures")} as signatures
    from policies p
      left join users d on d.id = p.drafted_by
      left join users r on r.id = p.proposed_by
      left join users w on w.id = p.withdrawn_by
    ${policyId === undefined ? sql`` : sql`where p.id = ${policyId}`}
    order by p.drafted_at desc, p.id`);
  // A text from before a field existed has its default (§3).
  return [...rows].map((row) => ({ ...row, document: parsePolicy(row.document) }));
}

/** Where a policy stands on a day. */
export function standingOf(record: PolicyRecord, today: Day): PolicyStanding {
  if (record.proposedAt === null) return "draft";
  if (record.declined) return "declined";
  if (record.withdrawnAt !== null) return "withdrawn";
  if (record.begins === null) return "proposed";
  if (record.ends !== null && record.ends <= today) return "former";
  return record.begins <= today ? "in_force" : "signed";
}

/** The line of a policy that lists show. */
export function lineOf(record: PolicyRecord, today: Day): z.output<typeof policyLineShape> {
  const { id, title, document, number, hash, signatures, begins, activeFrom, ends, demo } = record;
  return {
    id,
    title,
    model: document.model,
    state: standingOf(record, today),
    number,
    hash,
    signatures: signatures.length,
    activeFrom: begins ?? activeFrom,
    activeUntil: ends === null ? null : addDays(ends, -1),
    drafted: { name: record.draftedBy, at: record.draftedAt },
    demo,
  };
}

/** When the next amendment may be active, by the database's own rule (`next_amendment_from`). */
export async function amendmentClock(db: Db, today: Day): Promise<z.output<typeof amendmentShape>> {
  const [clock] = await db.execute<{
    possible: Day | null;
    id: string | null;
    title: string;
    begins: Day;
  }>(sql`
    select next_amendment_from()::text as possible, p.id, p.title, lower(p.period)::text as begins
    from (select 1) one left join lateral (
      select * from policies where period is not null order by lower(period) desc limit 1) p on true`);
  if (!clock?.possible || clock.possible <= today || clock.id === null) {
    return { possibleFrom: today, waitsFor: null, first: !clock?.possible };
  }
  const { id: policyId, title, begins: activeFrom } = clock;
  return { possibleFrom: clock.possible, waitsFor: { policyId, title, activeFrom }, first: false };
}

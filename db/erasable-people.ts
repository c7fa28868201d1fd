import { type SQL, sql } from "drizzle-orm";
import { Refusal } from "@/lib/errors";
import { count } from "@/lib/text/words";
import type { Db } from "./connection/client";
import type { PERSON_KINDS } from "./schema/people";

/** Somebody as guards of an erasure see them (lib/commands/erasure/guards.ts). */
export interface ErasablePerson {
  id: string;
  name: string;
  demo: boolean;
  /** Whether they may still come in. */
  signsIn: boolean;
  erased: boolean;
  /** Why something of theirs must be kept; null while no hold stands. */
  hold: string | null;
  /** What waits for them yet, in words: `2 open deals`. */
  duties: readonly string[];
}

export type PersonKind = (typeof PERSON_KINDS)[number];

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  demo: boolean;
  signsIn: boolean;
  erased: boolean;
  hold: string | null;
  deals: number;
  cases: number;
  items: number;
  steps: number;
  answers: number;
  links: number;
}

const hold = (kind: PersonKind, id: SQL) =>
  sql`(select h.reason from holds h where h.kind = ${kind} and h.person_id = ${id} and h.lifted_at is null)`;

/** People as an erasure sees them: those who sign in or did, all or one. */
const USERS = sql`
  select u.id, u.name, u.demo, u.disabled_at is null as "signsIn", u.erased_at is not null as erased, ${hold("user", sql`u.id`)} as hold,
    (select count(*)::int from deals d where d.owner = u.owner_name and d.outcome = 'open') as deals,
    (select count(*)::int from exceptions e where coalesce(e.deferred_to, e.owner_id) = u.id and e.settled_at is null)
      + (select count(*)::int from deputies y where y.user_id = u.id and y.ended_on is null) as cases,
    (select count(*)::int from inbox_delegations i where i.to_id = u.id) as items,
    (select count(*)::int from joint_steps s where s.owner_id = u.id and s.done_on is null) as steps,
    (select count(*)::int from restatements r where r.proposed_by = u.id and r.accepted_at is null and r.declined_on is null)
      + (select count(*)::int from corrections c where c.proposed_by = u.id and c.state = 'proposed') as answers,
    0 as links
  from users u`;

/** Those at partners, by their own row or, of one who was removed, by what the log says of them. */
const CONTACTS = sql`
  select c.id, c.name, p.demo, false as "signsIn", false as erased, ${hold("partner_contact", sql`c.id`)} as hold,
    0 as deals, 0 as cases, 0 as items, 0 as steps, 0 as answers,
    (select count(*)::int from partner_statements s where lower(s.answered_from) = lower(c.email)
      and s.revoked_at is null and s.expires_at > now()) as links
  from partner_contacts c join partners p on p.id = c.partner_id`;

/** Those of a kind whose ids are given, or all; a contact who was removed already is not among all. */
export async function erasable(db: Db, kind: PersonKind, ids?: readonly string[]): Promise<ErasablePerson[]> {
  const rows = await db.execute<Row>(sql`
    select * from (${kind === "user" ? USERS : CONTACTS}) as known
    where ${ids === undefined ? sql`true` : sql`id = any(${sql.param([...ids])}::text[])`}`);
  return [...rows].map(({ deals, cases, items, steps, answers, links, ...person }) => ({
    ...person,
    duties: [
      deals > 0 && count(deals, "open deal"),
      cases > 0 && `${count(cases, "case")} to decide`,
      items > 0 && `${count(items, "item")} that somebody gave them`,
      steps > 0 && count(steps, "next joint step"),
      answers > 0 && `${count(answers, "correction")} that waits for its answer`,
      links > 0 && `${count(links, "link")} by which they answer`,
    ].filter((duty) => duty !== false),
  }));
}

/** One person; who was a contact and was removed is known by the log alone. */
export async function findErasable(db: Db, kind: PersonKind, id: string): Promise<ErasablePerson> {
  const [known] = await erasable(db, kind, [id]);
  if (known) return known;
  const [logged] =
    kind === "partner_contact"
      ? await db.execute<{ name: string; hold: string | null }>(sql`
          select p.value #>> '{}' as name, ${hold(kind, sql`${id}`)} as hold
          from audit_personal p where p.about = ${`partner_contact ${id}`} and p.field = 'name' order by p.at desc limit 1`)
      : [];
  if (logged) return { id, ...logged, demo: false, signsIn: false, erased: false, duties: [] };
  throw new Refusal({
    code: "not_found",
    field: "id",
    value: id,
    rule: "nothing is kept of a person with this id",
  });
}

import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Actor } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";

/** Whose items: one's own, those of one's team, or everybody's. */
export const SCOPES = ["mine", "team", "all"] as const;
export type Scope = (typeof SCOPES)[number];

/** For whom items are asked for: these people, and the desks that take what nobody owns. */
export interface Whose {
  people: readonly string[];
  /** As the CRM names them as deals' owners. */
  owners: readonly string[];
  /** The partners that they look after, or that fall to their desk. */
  partners: readonly string[];
  /** What was given to one of them: the deals it is about, and itself where it is about none. */
  given: { deals: readonly string[]; subjects: readonly string[] };
  /** The roles whose desk it is: of a partner without an owner the heads', of a side its deciders'. */
  desks: readonly UserRole[];
}

/** The desk that decides for each side (§8.6). */
const SIDE_DESKS = { finance: "finance", partnerships: "head_of_partnerships" } as const;

/** Null is everybody. */
export async function readWhose(db: Db, actor: Actor, scope: Scope): Promise<Whose | null> {
  if (scope === "all") return null;
  const { userId, role } = actor;
  const [[named], sides, given] = await Promise.all([
    db.execute<{ people: string[]; owners: string[] }>(sql`
      select coalesce(array_agg(u.id), '{}') as people,
        coalesce(array_agg(u.owner_name) filter (where u.owner_name is not null), '{}') as owners
      from users u where u.id = ${userId}
        ${scope === "team" ? sql`or u.id in (${TEAM(userId)})` : sql``}`),
    db.execute<{ side: keyof typeof SIDE_DESKS }>(sql`
      select distinct side::text as side from deputies
      where user_id = ${userId} and exception_id is null and ended_on is null`),
    db.execute<{ dealId: string | null; subjectId: string }>(sql`
      select deal_id as "dealId", subject_id as "subjectId" from inbox_delegations
      where to_id = ${userId} ${scope === "team" ? sql`or to_id in (${TEAM(userId)})` : sql``}`),
  ]);
  const people = named?.people ?? [];
  const desks = [role, ...[...sides].map(({ side }) => SIDE_DESKS[side])];
  const partners = await db.execute<{ id: string }>(sql`
    select p.id from partners p left join users o on o.id = p.owner_id and o.disabled_at is null
    where p.owner_id = any(${sql.param(people)}::text[])
      ${desks.includes("head_of_partnerships") ? sql`or o.id is null` : sql``}`);
  return {
    ...{ people, desks },
    owners: named?.owners ?? [],
    partners: [...partners].map(({ id }) => id),
    given: {
      deals: [...new Set([...given].flatMap(({ dealId }) => dealId ?? []))],
      subjects: [...given].flatMap(({ dealId, subjectId }) => (dealId === null ? [subjectId] : [])),
    },
  };
}

/** Everybody of one's team; nobody without one. */
const TEAM = (userId: string | null) =>
  sql`select id from users where team = (select team from users where id = ${userId})`;

/** Whether whoever asks has a team beside whom to look. */
export async function hasTeam(db: Db, { userId }: Actor): Promise<boolean> {
  const [row] = await db.execute(sql`select from users where id = ${userId} and team is not null`);
  return row !== undefined;
}

const texts = (values: readonly string[]) => sql`${sql.param(values)}::text[]`;

/** Whatever the condition, what was given to them is looked at as well. */
function orGiven(of: SQL, { given }: Whose, dealId: SQL, subjectId?: SQL): SQL {
  const more = [
    ...(given.deals.length > 0 ? [sql`${dealId} = any(${texts(given.deals)})`] : []),
    ...(subjectId && given.subjects.length > 0 ? [sql`${subjectId} = any(${texts(given.subjects)})`] : []),
  ];
  return more.length === 0 ? of : sql`(${sql.join([of, ...more], sql` or `)})`;
}

/** That a deal `d` is of one of them, as its AE. */
export const ofTheirDeals = (whose: Whose | null): SQL =>
  whose === null ? sql`true` : orGiven(sql`d.owner = any(${texts(whose.owners)})`, whose, sql`d.deal_id`);

/** That a partner, named by a column, is one that they look after. */
export const ofTheirPartners = (
  whose: Whose | null,
  { partnerId, dealId, subjectId }: { partnerId: SQL; dealId: SQL; subjectId?: SQL },
): SQL =>
  whose === null
    ? sql`true`
    : orGiven(sql`${partnerId} = any(${texts(whose.partners)})`, whose, dealId, subjectId);

/** What of a partner's deals has an index of its own, as that says it of `k`, what judging keeps of a partner on a deal. */
const INDEXED = { open: sql`k.state = 'open'`, disputed: sql`k.disputed is not null` };

/** That such a partner is on a deal `d`, one of those that are open or disputed: found from the partners. */
export const withTheirPartners = (whose: Whose | null, among: keyof typeof INDEXED): SQL =>
  whose === null
    ? sql`true`
    : sql`d.deal_id in (
        select k.deal_id from partner_outcomes k where k.partner_id = any(${texts(whose.partners)}) and ${INDEXED[among]}
        union all select given from unnest(${texts(whose.given.deals)}) given)`;

/** That an item `x` is theirs: given to them (`g`), else by its owner, or by the desk it falls to without one. */
export const isTheirs = (whose: Whose | null): SQL =>
  whose === null
    ? sql`true`
    : sql`(coalesce(g.to_id, x.owner_id) = any(${texts(whose.people)})
        or (coalesce(g.to_id, x.owner_id) is null and x.desk = any(${texts(whose.desks)})))`;

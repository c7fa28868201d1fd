import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day, Facts, PartnerFacts } from "@/lib/attribution/facts";

/** The programs of a row of `family`, each with its days. */
export const PROGRAMS = sql`(
  select json_agg(json_build_object('name', name, 'from', from_day, 'to', to_day) order by name, from_day nulls first)
  from partner_programs where partner_id = family.id)::text`;

/** The parents that a row of `family` once had, the first that ended first. */
export const PARENTS = sql`(
  select json_agg(json_build_object('parentId', parent_id, 'until', until_day) order by until_day)
  from partner_parents where partner_id = family.id)::text`;

/** Id, kind, parent, programs and former parents of a partner, as text. */
interface PartnerRow extends Record<string, unknown> {
  a: string;
  b: string;
  c: string | null;
  d: string | null;
  e: string | null;
}

/** A partner through time. */
export interface KnownPartner {
  id: string;
  kind: PartnerFacts["kind"];
  parentId: string | null;
  programs: PartnerFacts["programs"];
  parents: { parentId: string | null; until: Day }[];
}

export function partnerOf({
  a: id,
  b: kind,
  c: parentId,
  d: programs,
  e: parents,
}: PartnerRow): KnownPartner {
  return {
    id,
    kind: kind as PartnerFacts["kind"],
    parentId,
    programs: JSON.parse(programs ?? "[]"),
    parents: JSON.parse(parents ?? "[]"),
  };
}

/**
 * The last moment that a document looks at. On the day of a close nobody can tell what came before it, so what changed
 * that day is no fact of the closed deal.
 */
interface Moment {
  day: Day;
  closed: boolean;
}

const parentOn = ({ parentId, parents }: KnownPartner, { day, closed }: Moment): string | null =>
  (parents.find(({ until }) => until > day || (closed && until === day)) ?? { parentId }).parentId;

/** A partner as it was on the days up to `day`, whose programs are asked about up to `touched`. */
function partnerOn(partner: KnownPartner, moment: Moment, touched = moment.day): PartnerFacts {
  const { id, kind } = partner;
  const programs = partner.programs
    .filter(({ from }) => from === null || from < touched || (from === touched && !moment.closed))
    .map(({ name, from, to }) => ({ name, from, to: to !== null && to < touched ? to : null }));
  return { id, kind, parentId: parentOn(partner, moment), programs };
}

/** A partner and everybody above it as they stand, to be thought onto a deal; none when it is unknown. */
export async function loadFamily(db: Db, partnerId: string, today: Day): Promise<PartnerFacts[]> {
  const rows = await db.execute<PartnerRow>(sql`
    with recursive family as (
      select id, kind, parent_id from partners where id = ${partnerId}
      union
      select above.id, above.kind, above.parent_id
        from partners above join family on above.id = family.parent_id)
    select id as a, kind::text as b, parent_id as c, ${PROGRAMS} as d from family`);
  return [...rows].map((row) => partnerOn(partnerOf(row), { day: today, closed: false }));
}

/** Partners through time, and everybody who is or was above them. */
export async function loadKnown(
  db: Pick<Db, "execute">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownPartner>> {
  const rows = await db.execute<PartnerRow>(sql`
    with recursive family as (
      select id, kind, parent_id from partners where id = any(${sql.param(ids)}::text[])
      union
      select above.id, above.kind, above.parent_id
        from family join partners above on above.id = family.parent_id
          or above.id in (select parent_id from partner_parents where partner_id = family.id))
    select id as a, kind::text as b, parent_id as c, ${PROGRAMS} as d, ${PARENTS} as e from family`);
  return new Map([...rows].map((row) => [row.a, partnerOf(row)]));
}

/** The partners on the deal and everybody above them, so that a parent on the deal is known as one (§6). */
export function addPartners(facts: Facts, known: ReadonlyMap<string, KnownPartner>): void {
  const { closedOn } = facts.deal;
  const moment = { day: closedOn ?? facts.asOf, closed: closedOn !== null };
  const touched = facts.roles.reduce(
    (last, { touchedOn }) => (touchedOn > last ? touchedOn : last),
    moment.day,
  );
  const family = new Set<string>();
  for (const list of [facts.registrations, facts.roles, facts.activities, facts.rulings]) {
    for (const { partnerId } of list) {
      for (
        let at = known.get(partnerId);
        at && !family.has(at.id);
        at = known.get(parentOn(at, moment) ?? "")
      )
        family.add(at.id);
    }
  }
  facts.partners = [...family].sort().map((id) => partnerOn(known.get(id) as KnownPartner, moment, touched));
}

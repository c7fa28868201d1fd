import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { exceptionKind } from "@/db/schema/enums";
import type { UserRole } from "@/lib/auth/roles";
import { kindLabel } from "../../exception/exception-lines";
import { quarterShape } from "../../shapes";
import { itemShape, type Kind } from "../kind";
import type { Whose } from "../whose";

export const caseAssignedShape = itemShape.extend({
  kind: z.literal("case_assigned"),
  exceptionId: z.string(),
  quarter: quarterShape,
  /** What its kind of case is called. */
  label: z.string(),
  /** Who sees to it, to whom it was deferred and it is due again, or who decides it in a side's place. */
  as: z.enum(["owner", "deferred", "deputy"]),
});

export const casesToDecideShape = itemShape.extend({
  kind: z.literal("cases_to_decide"),
  quarter: quarterShape,
  cases: z.int(),
  /** Of how many kinds they are. */
  kinds: z.int(),
  side: z.enum(["finance", "partnerships"]),
});

type CaseKind = (typeof exceptionKind)["enumValues"][number];

/** Cases whose log nobody closed: those of a frozen quarter are closed with it (§8.6). */
const LIVING = sql`e.settled_at is null
  and not exists (select from sealed_quarters q where q.quarter = e.quarter)`;

/** Given to somebody by name; that judging laid a found one to a partner's owner asks nothing of them. */
export const caseAssigned: Kind<
  "case_assigned",
  { exceptionId: string; quarter: string; caseKind: CaseKind; as: "owner" | "deferred" | "deputy" }
> = {
  kind: "case_assigned",
  rows: ({ whose, today }) => sql`
    select distinct on (e.id, w.person) e.id || '/' || w.person as subject_id, e.deal_id, e.partner_id, u.id as owner_id, null as desk,
      w.since, e.deferred_until as due, null as account_id,
      jsonb_build_object('exceptionId', e.id, 'quarter', e.quarter, 'caseKind', e.kind, 'as', w.as) as about
    from (
      select distinct n.exception_id as id, n.person_id as person, null::date as since, 'owner' as as
      from exception_notes n where n.kind = 'owner' and ${ofThem(whose, sql`n.person_id`)}
      union all select t.id, t.deferred_to, t.deferred_until, 'deferred' from exceptions t
      where t.settled_at is null and t.deferred_to is not null and t.deferred_until <= ${today}::date and ${ofThem(whose, sql`t.deferred_to`)}
      union all select y.exception_id, y.user_id, y.named_on, 'deputy' from deputies y
      where y.exception_id is not null and y.ended_on is null and ${ofThem(whose, sql`y.user_id`)}
        and not exists (select from exception_votes v where v.exception_id = y.exception_id and v.side = y.side)
    ) f join exceptions e on e.id = f.id
    cross join lateral (select f.person, coalesce(f.since, e.opened_on) as since, f.as) w
    join users u on u.id = f.person and u.disabled_at is null
    where ${LIVING} and (f.as = 'deferred' or e.deferred_to is null)
      and (f.as <> 'owner' or e.owner_id = f.person)
    order by e.id, w.person, w.as`,
  item: ({ about: { caseKind, ...about } }) => ({ ...about, label: kindLabel(caseKind) }),
};

const ofThem = (whose: Whose | null, person: SQL) =>
  whose === null ? sql`true` : sql`${person} = any(${sql.param(whose.people)}::text[])`;

const DESKS = { finance: "finance", partnerships: "head_of_partnerships" } as const satisfies Record<
  string,
  UserRole
>;

/** How many cases of a quarter and kind are open, as the log counts itself (lib/judging/README.md). */
const OPEN_CASES = sql`
  select split_part(cell, '/', 1) as quarter, split_part(cell, '/', 2) as kind, deals as cases from tallies
  where kind = 'cases' and counts_as = 'open'
  union all select split_part(cell, '/', 1), split_part(cell, '/', 2), deals from tally_changes
  where kind = 'cases' and counts_as = 'open'`;

/** Taken together as the log takes them (§8.6): one item a quarter and side that has not said anything. */
export const casesToDecide: Kind<
  "cases_to_decide",
  { quarter: string; cases: number; kinds: number; side: "finance" | "partnerships" }
> = {
  kind: "cases_to_decide",
  rows: ({ whose }) => {
    const sides = (["finance", "partnerships"] as const).filter(
      (side) => whose === null || whose.desks.includes(DESKS[side]),
    );
    return sql`
      select s.side || '/' || c.quarter as subject_id, null as deal_id, null as partner_id,
        null as owner_id, s.desk, (select e.opened_on from exceptions e
          where e.quarter = c.quarter and e.settled_at is null and e.deferred_to is null and not exists (
            select from exception_votes v where v.exception_id = e.id and v.side::text = s.side)
          order by e.opened_on limit 1) as since, null::date as due, null as account_id,
        jsonb_build_object('quarter', c.quarter, 'cases', sum(c.cases), 'kinds', count(*), 'side', s.side) as about
      from (values ('finance', ${DESKS.finance}), ('partnerships', ${DESKS.partnerships})) s(side, desk)
      cross join lateral (
        select t.quarter, t.kind, sum(t.cases)::int as cases from (
          ${OPEN_CASES} union all
          select e.quarter, e.kind::text, -1 from exception_votes v join exceptions e on e.id = v.exception_id
          where v.side::text = s.side and e.settled_at is null and e.deferred_to is null) t
        group by 1, 2 having sum(t.cases) > 0) c
      where s.side = any(${sql.param(sides)}::text[])
        and not exists (select from sealed_quarters q where q.quarter = c.quarter)
      group by c.quarter, s.side, s.desk
      order by c.quarter, s.side`;
  },
  item: ({ about }) => about,
};

import { sql } from "drizzle-orm";
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
  label: z.string(),
  caseKind: z.string(),
  cases: z.int(),
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
    select e.id || '/' || w.person as subject_id, e.deal_id, e.partner_id, u.id as owner_id, null as desk,
      w.since, e.deferred_until as due, null as account_id,
      jsonb_build_object('exceptionId', e.id, 'quarter', e.quarter, 'caseKind', e.kind, 'as', w.as) as about
    from exceptions e cross join lateral (
      select e.owner_id as person, e.opened_on as since, 'owner' as as
      where e.deferred_to is null and exists (select from exception_notes n
        where n.exception_id = e.id and n.kind = 'owner' and n.person_id = e.owner_id)
      union all select e.deferred_to, e.deferred_until, 'deferred'
      where e.deferred_until <= ${today}::date
      union all select y.user_id, y.named_on, 'deputy' from deputies y
      where y.exception_id = e.id and y.ended_on is null and e.deferred_to is null
        and y.user_id is distinct from e.owner_id
        and not exists (select from exception_votes v where v.exception_id = e.id and v.side = y.side)
    ) w join users u on u.id = w.person and u.disabled_at is null
    where ${LIVING} and ${named(whose)}
    order by w.since, e.id`,
  item: ({ about: { caseKind, ...about } }) => ({ ...about, label: kindLabel(caseKind) }),
};

const named = (whose: Whose | null) =>
  whose === null ? sql`true` : sql`w.person = any(${sql.param(whose.people)}::text[])`;

const DESKS = { finance: "finance", partnerships: "head_of_partnerships" } as const satisfies Record<
  string,
  UserRole
>;

/** Taken together as they are decided (§8.6): one item a kind, quarter and side that has not said anything. */
export const casesToDecide: Kind<
  "cases_to_decide",
  { quarter: string; caseKind: CaseKind; cases: number; side: "finance" | "partnerships" }
> = {
  kind: "cases_to_decide",
  rows: ({ whose }) => {
    const sides = (["finance", "partnerships"] as const).filter(
      (side) => whose === null || whose.desks.includes(DESKS[side]),
    );
    return sql`
      select s.side || '/' || e.quarter || '/' || e.kind as subject_id, null as deal_id, null as partner_id,
        null as owner_id, s.desk, min(e.opened_on) as since, null::date as due, null as account_id,
        jsonb_build_object('quarter', e.quarter, 'caseKind', e.kind, 'cases', count(*), 'side', s.side) as about
      from exceptions e cross join (values ('finance', ${DESKS.finance}), ('partnerships', ${DESKS.partnerships}))
        s(side, desk)
      where ${LIVING} and e.deferred_to is null and s.side = any(${sql.param(sides)}::text[])
        and not exists (select from exception_votes v where v.exception_id = e.id and v.side::text = s.side)
      group by e.quarter, e.kind, s.side, s.desk
      order by e.quarter, e.kind, s.side`;
  },
  item: ({ about }) => ({ ...about, label: kindLabel(about.caseKind) }),
};

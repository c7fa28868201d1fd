import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { PARTNER_KINDS } from "@/lib/attribution/vocabulary";
import { mayEditAccount } from "@/lib/commands/customer/guards";
import { maySay } from "@/lib/commands/guard";
import { mayEditPartner, mayGrantProgram, mayMergePartners } from "@/lib/commands/partner/guards";
import { Refusal } from "@/lib/errors";
import { defineQuery } from "../query";
import { dayShape, idShape, mayShape, namedShape } from "../shapes";
import { heldProgramShape, labelled, listedPrograms, type ProgramRow, programShape } from "./program-shapes";
import { STANDINGS, standingOf, windowOf } from "./standing";

const partnerShape = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(PARTNER_KINDS),
  owner: namedShape.nullable(),
  parent: namedShape.nullable(),
  /** The record that this one became; null of one that is still its own. */
  mergedInto: namedShape.nullable(),
  /** The records that became this one: closed deals go on naming them. */
  records: z.array(namedShape),
  children: z.array(namedShape),
  /** By name, the latest first; both days included, null is no bound. */
  programs: z.array(heldProgramShape),
  contacts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      email: z.string().nullable(),
      title: z.string().nullable(),
    }),
  ),
  /** Those it was said to be in, with how many of their deals it is on. */
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      saidOn: dayShape,
      saidBy: z.string().nullable(),
      deals: z.int(),
    }),
  ),
  standing: z.enum(STANDINGS),
  lastActionOn: dayShape.nullable(),
  demo: z.boolean(),
});

/** One partner as its page shows it (§1): who they are, where they are; what they do is `partner-motion`. */
export const partner = defineQuery({
  name: "partner",
  summary: "One partner: owner, kind, parent, programs, contacts, accounts.",
  input: z.strictObject({ partnerId: idShape }),
  output: z.object({
    partner: partnerShape,
    /** The programs that stand for an origin in the policy of today (§3). */
    listed: z.array(programShape),
    windowDays: z.int(),
    may: z.object({ edit: mayShape, merge: mayShape, grant: mayShape, enterAccount: mayShape }),
  }),
  async run({ db, actor, today }, { partnerId }) {
    const { policy, days, from } = await windowOf(db, today);
    const row = await readPartner(db, partnerId, from);
    if (!row)
      throw new Refusal({
        code: "not_found",
        field: "partnerId",
        value: partnerId,
        rule: "there is no partner with this id",
      });
    const guarded = {
      ...{ id: row.id, name: row.name, ownerId: row.owner?.id ?? null, demo: row.demo },
      mergedInto: row.mergedInto?.id ?? null,
    };
    return {
      partner: { ...row, programs: labelled(row.programs, policy) },
      listed: listedPrograms(policy),
      windowDays: days,
      may: {
        edit: maySay(mayEditPartner, actor, undefined),
        // Another record is not chosen yet: what it is, is asked when it is.
        merge: maySay(mayMergePartners, actor, {
          merged: guarded,
          into: { ...guarded, id: "", mergedInto: null },
        }),
        grant: maySay(mayGrantProgram, actor, { partner: guarded }),
        enterAccount: maySay(mayEditAccount, actor, undefined),
      },
    };
  },
});

async function readPartner(db: Db, partnerId: string, from: string) {
  const on = sql`exists (select from partner_accounts x where x.partner_id = p.id)
    or exists (select from partner_outcomes x
      where x.partner_id in (select id from partners where p.id in (id, merged_into)))`;
  type Row = Omit<z.output<typeof partnerShape>, "programs"> & { programs: ProgramRow[] };
  const [row] = await db.execute<Row & Record<string, unknown>>(sql`
    select p.id, p.name, p.kind::text as kind, p.demo,
      case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as owner,
      case when h.id is not null then json_build_object('id', h.id, 'name', h.name) end as parent,
      case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as "mergedInto",
      coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name) order by lower(c.name), c.id)
        from partners c where c.merged_into = p.id), '[]') as records,
      coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name) order by lower(c.name), c.id)
        from partners c where c.parent_id = p.id), '[]') as children,
      coalesce((select json_agg(json_build_object('name', g.name, 'from', g.from_day, 'to', g.to_day,
          'grantedBy', b.name) order by g.name, g.from_day desc nulls last)
        from partner_programs g left join users b on b.id = g.granted_by where g.partner_id = p.id), '[]') as programs,
      coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name, 'email', c.email, 'title', c.title)
          order by lower(c.name), c.id)
        from partner_contacts c where c.partner_id = p.id), '[]') as contacts,
      coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'saidOn', x.said_on, 'saidBy', s.name,
          'deals', (select count(*) from deals d join judged_deals j on j.deal_id = d.id
            where d.account_id = a.id and p.id = any(j.partner_ids))) order by lower(a.name), a.id)
        from (select distinct on (account_id) * from partner_accounts
          where partner_id in (select id from partners where p.id in (id, merged_into))
          order by account_id, said_on) x
        join accounts a on a.id = x.account_id left join users s on s.id = x.said_by), '[]') as accounts,
      ${standingOf(sql`l.last`, sql`(${on})`, from)} as standing, l.last::text as "lastActionOn"
    from partners p left join users u on u.id = p.owner_id left join partners h on h.id = p.parent_id
    left join partners m on m.id = p.merged_into
    left join lateral (select max(occurred_on) as last from activities
      where partner_id in (select id from partners where p.id in (id, merged_into))) l on true
    where p.id = ${partnerId}`);
  return row ?? null;
}

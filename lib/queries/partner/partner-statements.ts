import { sql } from "drizzle-orm";
import { z } from "zod";
import { maySay } from "@/lib/commands/guard";
import { mayShareStatement } from "@/lib/commands/statement/guards";
import { defineQuery } from "../query";
import { idShape, mayShape } from "../shapes";

const linkShape = z.object({
  id: z.string(),
  amounts: z.boolean(),
  sharedBy: z.string(),
  sharedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  state: z.enum(["works", "over", "ended"]),
  opened: z.int(),
  lastOpenedAt: z.iso.datetime().nullable(),
  /** The contact who answers by it; null of one that only shows. */
  answeredBy: z.string().nullable(),
  confirmed: z.int(),
  contested: z.int(),
});

/** Which links to a partner's statement there are, and how often each was opened. */
export const partnerStatements = defineQuery({
  name: "partner-statements",
  summary: "The links to a partner's statement, the latest first, with when each was last opened.",
  input: z.strictObject({ partnerId: idShape }),
  output: z.object({
    links: z.array(linkShape),
    may: z.object({ share: mayShape }),
  }),
  async run({ db, actor }, { partnerId }) {
    const instant = (column: ReturnType<typeof sql>) =>
      sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    const rows = await db.execute<z.output<typeof linkShape> & Record<string, unknown>>(sql`
      select s.id, s.amounts, u.name as "sharedBy", ${instant(sql`s.shared_at`)} as "sharedAt",
        ${instant(sql`s.expires_at`)} as "expiresAt",
        case when s.revoked_at is not null then 'ended' when s.expires_at <= now() then 'over' else 'works' end as state,
        o.opened, ${instant(sql`o.last`)} as "lastOpenedAt", s.answered_by as "answeredBy",
        (select count(*)::int from partner_words w where w.statement_id = s.id and w.said = 'confirmed') as confirmed,
        (select count(*)::int from partner_words w where w.statement_id = s.id and w.said = 'contested') as contested
      from partner_statements s join users u on u.id = s.shared_by
      cross join lateral (select count(*)::int as opened, max(at) as last from audit_log
        where action = 'open-statement' and subject_kind = 'partner_statement' and subject_id = s.id) o
      where s.partner_id in (select id from partners where ${partnerId} in (id, merged_into))
      order by s.shared_at desc, s.id limit 50`);
    return { links: [...rows], may: { share: maySay(mayShareStatement, actor, undefined) } };
  },
});

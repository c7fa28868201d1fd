import { sql } from "drizzle-orm";
import { z } from "zod";
import { mayEditAccount } from "@/lib/commands/customer/guards";
import { maySay } from "@/lib/commands/guard";
import { like } from "../deals/like";
import { cut, readPlace } from "../place";
import { defineQuery } from "../query";
import { mayShape, namedShape } from "../shapes";

const lineShape = z.object({
  id: z.string(),
  name: z.string(),
  domains: z.array(z.string()),
  deals: z.int(),
  open: z.int(),
  /** In it, on a deal of it or not, by name. */
  partners: z.array(namedShape),
  /** Registrations of it that wait for an answer. */
  waiting: z.int(),
});

/** Customers by name, with who is in each: a page costs what its own accounts hold. */
export const accountsList = defineQuery({
  name: "accounts-list",
  summary: "Accounts by name, with their domains, deals and partners, a page at a time.",
  input: z.strictObject({
    /** In the name or a domain, any case. */
    search: z.string().max(200).optional(),
    after: z.string().max(2000).optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.object({
    rows: z.array(lineShape),
    next: z.string().nullable(),
    may: z.object({ create: mayShape }),
  }),
  async run({ db, actor }, { search, after, limit }) {
    const parts = [sql`true`];
    if (search?.trim()) {
      const text = like(search.trim());
      parts.push(
        sql`(a.name ilike ${text} or a.id in (select account_id from account_domains where domain ilike ${text}))`,
      );
    }
    if (after !== undefined) {
      const [name, id] = readPlace(after);
      parts.push(sql`(lower(a.name), a.id) > (${name}, ${id})`);
    }
    const rows = await db.execute<z.output<typeof lineShape> & { key: string } & Record<string, unknown>>(sql`
      with page as (
        select a.id, a.name, lower(a.name) as key from accounts a where ${sql.join(parts, sql` and `)}
        order by lower(a.name), a.id limit ${limit + 1})
      select a.id, a.name, a.key,
        array(select domain from account_domains where account_id = a.id order by domain) as domains,
        (select count(*)::int from deals where account_id = a.id) as deals,
        (select count(*)::int from deals where account_id = a.id and outcome = 'open') as open,
        coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
          from partners p where p.id in (
            select partner_id from partner_accounts where account_id = a.id
            union select unnest(j.partner_ids) from deals d join judged_deals j on j.deal_id = d.id
              where d.account_id = a.id)), '[]') as partners,
        (select count(*)::int from registrations g where g.status = 'pending' and (g.account_id = a.id
          or g.deal_id in (select id from deals where account_id = a.id))) as waiting
      from page a order by a.key, a.id`);
    const page = cut([...rows], limit, (row) => row.key);
    return {
      rows: page.rows.map(({ key: _key, ...row }) => row),
      next: page.next,
      may: { create: maySay(mayEditAccount, actor, undefined) },
    };
  },
});

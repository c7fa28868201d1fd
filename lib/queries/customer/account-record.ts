import { sql } from "drizzle-orm";
import { z } from "zod";
import { mayEditAccount } from "@/lib/commands/customer/guards";
import { maySay } from "@/lib/commands/guard";
import { Refusal } from "@/lib/errors";
import { dealLineShape, dealLines } from "../deals/deals-page";
import { defineQuery } from "../query";
import { dayShape, idShape, mayShape } from "../shapes";

/** As many of its deals as its page shows. */
const SHOWN = 200;

const partnerShape = z.object({
  id: z.string(),
  name: z.string(),
  /** How many of the account's deals it is on; none for one that is in the account alone. */
  deals: z.int(),
  /** When somebody said that it is in the account, and who; null for one that is only on deals. */
  said: z.object({ on: dayShape, by: z.string().nullable() }).nullable(),
});

/** One customer as its page shows it: who is in this account? */
export const accountRecord = defineQuery({
  name: "account-record",
  summary: "One account: its domains, deals, and the partners in it, on a deal or not.",
  input: z.strictObject({ accountId: idShape }),
  output: z.object({
    account: z.object({
      id: z.string(),
      name: z.string(),
      domains: z.array(z.string()),
      demo: z.boolean(),
    }),
    /** The latest first. */
    deals: z.array(dealLineShape),
    partners: z.array(partnerShape),
    may: z.object({ edit: mayShape }),
  }),
  async run({ db, actor }, { accountId }) {
    const [account] = await db.execute<{ id: string; name: string; domains: string[]; demo: boolean }>(sql`
      select a.id, a.name, a.demo,
        array(select domain from account_domains where account_id = a.id order by domain) as domains
      from accounts a where a.id = ${accountId}`);
    if (!account)
      throw new Refusal({
        code: "not_found",
        field: "accountId",
        value: accountId,
        rule: "there is no account with this id",
      });
    const [ids, partners] = await Promise.all([
      db.execute<{ id: string }>(sql`
        select id from deals where account_id = ${accountId} order by created_on desc, id desc limit ${SHOWN}`),
      db.execute<z.output<typeof partnerShape> & Record<string, unknown>>(sql`
        select p.id, p.name, coalesce(o.deals, 0)::int as deals,
          case when x.partner_id is not null then json_build_object('on', x.said_on, 'by', u.name) end as said
        from partners p
        left join (select partner_id, count(*) as deals from deals d
            join judged_deals j on j.deal_id = d.id, unnest(j.partner_ids) as partner_id
          where d.account_id = ${accountId} group by partner_id) o on o.partner_id = p.id
        left join partner_accounts x on x.partner_id = p.id and x.account_id = ${accountId}
        left join users u on u.id = x.said_by
        where o.partner_id is not null or x.partner_id is not null
        order by o.deals desc nulls last, lower(p.name), p.id`),
    ]);
    return {
      account,
      deals: await dealLines(
        db,
        [...ids].map(({ id }) => id),
      ),
      partners: [...partners],
      may: { edit: maySay(mayEditAccount, actor, undefined) },
    };
  },
});

import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Policy } from "@/lib/attribution/policy";
import { updatesDue } from "@/lib/attribution/updates-due";
import { firstOfMonth, monthIndex } from "@/lib/calendar";
import { mayLogActivity } from "@/lib/commands/activity/guards";
import { maySay } from "@/lib/commands/guard";
import { mayShape } from "../../shapes";
import { guarded, HEADS, itemShape, type Kind } from "../kind";
import { ofTheirPartners, withTheirPartners } from "../whose";

export const updatesShortShape = itemShape.extend({
  kind: z.literal("updates_short"),
  /** Updates of this month, and how many the memo asks for. */
  done: z.int(),
  owed: z.int(),
  may: z.object({ log: mayShape }),
});

/** Which deals can owe any: facts narrow it, and the heart says who does (lib/attribution/updates-due.ts). */
export const updatesShort: Kind<"updates_short"> = {
  kind: "updates_short",
  refined: true,
  reads: true,
  rows({ whose, today, policy }) {
    const month = monthIndex(today);
    const [begins, next] = [firstOfMonth(month), firstOfMonth(month + 1)];
    return sql`
      select d.deal_id || '/' || o.partner_id || '/' || ${begins.slice(0, 7)} as subject_id, d.deal_id, o.partner_id,
        u.id as owner_id, ${HEADS} as desk, ${begins}::date as since, ${next}::date - 1 as due, null as account_id,
        '{}'::jsonb as about
      from judged_deals d
      cross join lateral (select o.partner_id from partner_outcomes o
        where o.deal_id = d.deal_id and 'sourced' in (o.outcome::text, o.disputed::text)
          and (select count(*) from activities a where a.deal_id = o.deal_id and a.partner_id = o.partner_id
            and a.occurred_on >= ${begins}::date and a.occurred_on < ${next}::date) < ${policy.updates.perMonth}
        offset 0) o
      join partners p on p.id = o.partner_id
      left join users u on u.id = p.owner_id and u.disabled_at is null
      where d.state = 'open' and d.partner_ids <> '{}' and d.created_on < ${begins}::date and ${above(policy)}
        and ${withTheirPartners(whose, "open")} and ${ofTheirPartners(whose, { partnerId: sql`o.partner_id`, dealId: sql`d.deal_id` })}
      order by d.created_on, d.deal_id, o.partner_id`;
  },
  item(found, { actor }, facts) {
    const read = facts.deals.get(found.dealId!);
    const due = read && updatesDue(read.policy, read.facts, read.result);
    const its = due?.find(({ partnerId }) => partnerId === found.partnerId);
    if (!its) return null;
    const may = { log: maySay(mayLogActivity, actor, { deal: guarded(found) }) };
    return { done: its.done, owed: its.owed, may };
  },
};

/** That the amount of `d` is above the threshold of its currency (§3); a currency without one owes none. */
function above({ updates }: Policy): SQL {
  if (typeof updates.above === "number") return sql`d.amount > ${updates.above}::bigint`;
  const each = Object.entries(updates.above).map(
    ([currency, least]) => sql`(d.currency = ${currency} and d.amount > ${least}::bigint)`,
  );
  return each.length === 0 ? sql`false` : sql`(${sql.join(each, sql` or `)})`;
}

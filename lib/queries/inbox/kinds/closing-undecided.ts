import { sql } from "drizzle-orm";
import { z } from "zod";
import { mayConfirmNoPartner } from "@/lib/commands/deal/guards";
import { maySay } from "@/lib/commands/guard";
import { mayTagPartner } from "@/lib/commands/role/guards";
import { CLOSING_DAYS } from "@/lib/metrics/projected-deal";
import { mayShape, namedShape } from "../../shapes";
import { guarded, itemShape, type Kind } from "../kind";
import { ofTheirDeals } from "../whose";

export const closingUndecidedShape = itemShape.extend({
  kind: z.literal("closing_undecided"),
  /** Who is on it without a role. */
  partners: z.array(namedShape),
  may: z.object({ tag: mayShape, noPartner: mayShape }),
});

interface About {
  partners: { id: string; name: string }[];
}

/** What waits for its AE besides is a row's item, with the day the deal closes on. */
export const closingUndecided: Kind<"closing_undecided", About> = {
  kind: "closing_undecided",
  rows: ({ whose }) => sql`
    select d.deal_id as subject_id, d.deal_id, null as partner_id, u.id as owner_id, null as desk,
      greatest(d.created_on, coalesce(d.expected_on - ${CLOSING_DAYS}::int,
        (select max(entered_on) from stage_entries e where e.deal_id = d.deal_id))) as since,
      d.expected_on as due, null as account_id,
      jsonb_build_object('partners', (select coalesce(jsonb_agg(
          jsonb_build_object('id', p.id, 'name', p.name) order by p.name, p.id), '[]')
        from partners p where p.id = any(d.partner_ids))) as about
    from judged_deals d
    left join users u on u.owner_name = d.owner and u.disabled_at is null
    where d.status = 'to_decide' and d.closes_soon and ${ofTheirDeals(whose)}
    order by d.deal_id`,
  item(found, { actor }) {
    const deal = guarded(found);
    return {
      ...found.about,
      may: {
        tag: maySay(mayTagPartner, actor, { deal }),
        noPartner: maySay(mayConfirmNoPartner, actor, { deal, rows: [] }),
      },
    };
  },
};

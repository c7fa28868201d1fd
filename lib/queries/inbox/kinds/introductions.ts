import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { WARM_INTRODUCTIONS } from "@/lib/attribution/introductions";
import { activityLabel, type MenuEntry, menuOf } from "@/lib/attribution/menu";
import { maySay } from "@/lib/commands/guard";
import { mayKeepIntroduction } from "@/lib/commands/introduction/guards";
import { dayShape, mayShape } from "../../shapes";
import { type Asked, type Found, guarded, HEADS, itemShape, type Kind } from "../kind";
import { ofTheirDeals, ofTheirPartners, withTheirPartners } from "../whose";

const introductionShape = itemShape.extend({
  /** What people call it, and its day. */
  name: z.string(),
  occurredOn: dayShape,
  may: z.object({ keep: mayShape }),
});
export const introductionWaitsShape = introductionShape.extend({ kind: z.literal("introduction_waits") });
export const loopOpenShape = introductionShape.extend({
  kind: z.literal("loop_open"),
  /** The day of our first response. */
  answeredOn: dayShape,
});

interface About {
  type: string;
  occurredOn: Day;
}

/**
 * Warm introductions on open deals within the window, with the first response: said to be, or the partner's next
 * activity of another kind on a later day, which shows that it was taken up.
 */
const introductions = ({ window }: Asked, answered: boolean, of: SQL) => sql`
  judged_deals d cross join lateral (
    select a.id, a.partner_id, a.type, a.occurred_on, first.on_day from activities a
    left join introductions n on n.activity_id = a.id
    cross join lateral (select least(n.answered_on, (select min(b.occurred_on) from activities b
      where b.deal_id = a.deal_id and b.partner_id = a.partner_id and b.occurred_on > a.occurred_on
        and b.type <> all(${sql.param(WARM_INTRODUCTIONS)}::text[]))) as on_day) first
    where a.deal_id = d.deal_id and a.type = any(${sql.param(WARM_INTRODUCTIONS)}::text[])
      and a.occurred_on >= ${window.from}::date and n.looped_back_on is null
      and first.on_day is ${answered ? sql`not null` : sql`null`} offset 0) a
  ${of}
  where d.state = 'open' and d.partner_ids <> '{}'`;

function said(found: Found<About>, { actor, policy }: Asked) {
  const { type, occurredOn } = found.about;
  const menu: readonly MenuEntry[] = menuOf(policy);
  const may = maySay(mayKeepIntroduction, actor, { deal: guarded(found), activity: { type } });
  return { name: activityLabel(type, menu), occurredOn, may: { keep: may } };
}

/** The AE responds; that the partner's owner waits with them, the partner's page shows. */
export const introductionWaits: Kind<"introduction_waits", About> = {
  kind: "introduction_waits",
  rows: (asked) => sql`
    select a.id as subject_id, d.deal_id, a.partner_id, u.id as owner_id, null as desk, a.occurred_on as since,
      null::date as due, null as account_id,
      jsonb_build_object('type', a.type, 'occurredOn', a.occurred_on) as about
    from ${introductions(asked, false, sql`left join users u on u.owner_name = d.owner and u.disabled_at is null`)}
      and ${ofTheirDeals(asked.whose)}
    order by d.created_on, d.deal_id, a.id`,
  item: said,
};

/** Once we responded, the partner's owner tells it what came of it. */
export const loopOpen: Kind<"loop_open", About & { answeredOn: Day }> = {
  kind: "loop_open",
  rows: (asked) => sql`
    select a.id as subject_id, d.deal_id, a.partner_id, u.id as owner_id, ${HEADS} as desk, a.on_day as since,
      null::date as due, null as account_id,
      jsonb_build_object('type', a.type, 'occurredOn', a.occurred_on, 'answeredOn', a.on_day) as about
    from ${introductions(
      asked,
      true,
      sql`join partners p on p.id = a.partner_id left join users u on u.id = p.owner_id and u.disabled_at is null`,
    )} and ${withTheirPartners(asked.whose, "open")}
      and ${ofTheirPartners(asked.whose, { partnerId: sql`a.partner_id`, dealId: sql`d.deal_id` })}
    order by d.created_on, d.deal_id, a.id`,
  item: (found, asked) => ({ ...said(found, asked), answeredOn: found.about.answeredOn }),
};

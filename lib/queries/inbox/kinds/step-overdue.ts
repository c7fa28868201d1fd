import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { maySay } from "@/lib/commands/guard";
import { mayKeepStep } from "@/lib/commands/step/guards";
import { mayShape } from "../../shapes";
import { guarded, HEADS, itemShape, type Kind } from "../kind";
import { ofTheirPartners, type Whose } from "../whose";

export const stepOverdueShape = itemShape.extend({
  kind: z.literal("step_overdue"),
  what: z.string(),
  may: z.object({ finish: mayShape }),
});

interface About {
  what: string;
  ownerId: string | null;
}

/** Whoever sees to it; of one that an import brought, the partner's owner. */
export const stepOverdue: Kind<"step_overdue", About> = {
  kind: "step_overdue",
  rows: ({ whose, today }) => sql`
    select s.id as subject_id, s.deal_id, s.partner_id, u.id as owner_id, ${HEADS} as desk, s.due_on as since,
      s.due_on as due, null as account_id, jsonb_build_object('what', s.what, 'ownerId', s.owner_id) as about
    from (
      select id, deal_id, partner_id, what, due_on, owner_id from joint_steps
      where done_on is null and closed_on is null and due_on < ${today}::date and ${seenToBy(whose)}
      union all
      select id, deal_id, partner_id, next_step, next_step_due_on, owner_id from activities
      where next_step is not null and next_step_done_on is null and next_step_due_on < ${today}::date
        and ${seenToBy(whose)}
    ) s join partners p on p.id = s.partner_id
    left join users u on u.id = coalesce(s.owner_id, p.owner_id) and u.disabled_at is null
    order by s.due_on, s.id`,
  item(found, { actor }) {
    const { what, ownerId } = found.about;
    const subject = { deal: guarded(found), step: { ownerId, doneOn: null } };
    return { what, may: { finish: maySay(mayKeepStep, actor, subject) } };
  },
};

const OF_STEP = { partnerId: sql`partner_id`, dealId: sql`deal_id` };

/** Somebody who left sees to nothing any more: a head takes it, with all that falls to their desk. */
const seenToBy = (whose: Whose | null): SQL =>
  whose === null
    ? sql`true`
    : sql`(owner_id = any(${sql.param(whose.people)}::text[])
        or (owner_id is null and ${ofTheirPartners(whose, OF_STEP)})
        ${whose.given.deals.length > 0 ? sql`or deal_id = any(${sql.param(whose.given.deals)}::text[])` : sql``}
        ${whose.desks.includes(HEADS) ? sql`or owner_id in (select id from users where disabled_at is not null)` : sql``})`;

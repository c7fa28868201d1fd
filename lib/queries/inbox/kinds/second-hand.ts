import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { whatRaises } from "@/lib/attribution/raising";
import { mayVouchActivity, type OfActivity } from "@/lib/commands/activity/guards";
import { maySay } from "@/lib/commands/guard";
import { dayShape, mayShape } from "../../shapes";
import { guarded, itemShape, type Kind } from "../kind";
import { ofTheirDeals } from "../whose";

export const secondHandShape = itemShape.extend({
  kind: z.literal("second_hand"),
  activityId: z.string(),
  /** What people call it, with its day. */
  name: z.string(),
  occurredOn: dayShape,
  proof: z.string().nullable(),
  /** Null when an import brought it. */
  recordedBy: z.string().nullable(),
  may: z.object({ vouch: mayShape }),
});

interface Candidate {
  id: string;
  occurredOn: Day;
  proof: string;
  by: string | null;
  activity: OfActivity["activity"];
}

/**
 * Of partners whose credit one person alone stands behind: an activity that somebody other than the deal's AE recorded
 * and that, vouched for, makes it countersigned. Which one that is the heart says (lib/attribution/raising.ts).
 */
export const secondHand: Kind<"second_hand", { activities: Candidate[] }> = {
  kind: "second_hand",
  refined: true,
  reads: true,
  rows: ({ whose }) => sql`
    select d.deal_id || '/' || k.id as subject_id, d.deal_id, k.id as partner_id, u.id as owner_id, null as desk,
      k.since, null::date as due, null as account_id, jsonb_build_object('activities', k.activities) as about
    from judged_deals d
    join users u on u.owner_name = d.owner and u.disabled_at is null
    cross join lateral (
      select a.partner_id as id, min(a.recorded_on) as since,
        jsonb_agg(jsonb_build_object('id', a.id, 'occurredOn', a.occurred_on,
          'proof', a.proof, 'by', w.name, 'activity', jsonb_build_object('recordedBy', a.recorded_by,
            'changedBy', a.changed_by, 'recordedOn', a.recorded_on, 'vouchedOn', null))
          order by a.occurred_on desc, a.id) as activities
      from activities a left join imports i on i.id = a.import_id
      left join users w on w.id = coalesce(a.changed_by, a.recorded_by)
      where a.deal_id = d.deal_id and d.partners @> jsonb_build_array(jsonb_build_object('id', a.partner_id, 'evidence', 'stated'))
        and a.vouched_on is null and a.source is null and a.proof is not null
        and coalesce('user:' || a.changed_by, i.imported_by, 'user:' || a.recorded_by) <> 'user:' || u.id
      group by a.partner_id offset 0) k
    where d.state = 'open' and d.partner_ids <> '{}' and ${ofTheirDeals(whose)}
    order by d.created_on, d.deal_id, k.id`,
  item(found, { actor }, facts) {
    const read = facts.deals.get(found.dealId!);
    const partner = read?.result.partners.find(({ partnerId }) => partnerId === found.partnerId);
    const raising = read && partner && whatRaises(read.policy, read.facts, partner);
    if (!raising) return null;
    const { activities } = found.about;
    const one = activities.find(({ id }) => raising.factIds.includes(id));
    // Where all are needed, one that nobody here can stand behind keeps the others from being worth the asking.
    const within =
      raising.needs === "one" || raising.factIds.every((id) => activities.some((a) => a.id === id));
    if (!one || !within) return null;
    const { id, occurredOn, proof, by, activity } = one;
    return {
      ...{ activityId: id, name: read.names[id] ?? "", occurredOn, proof, recordedBy: by },
      may: { vouch: maySay(mayVouchActivity, actor, { deal: guarded(found), activity }) },
    };
  },
};

import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { mayLogActivity } from "@/lib/commands/activity/guards";
import { maySay } from "@/lib/commands/guard";
import { mayStartPlay } from "@/lib/commands/play/guards";
import { dayShape, mayShape } from "../../shapes";
import { guarded, HEADS, itemShape, type Kind } from "../kind";
import { ofTheirPartners, withTheirPartners } from "../whose";

export const silentShape = itemShape.extend({
  kind: z.literal("silent"),
  /** The last day it did something on the deal; null when it never did. */
  lastOn: dayShape.nullable(),
  /** The days within which it should have. */
  windowDays: z.int(),
  may: z.object({ log: mayShape, play: mayShape }),
});

interface About {
  lastOn: Day | null;
  /** A selling play of the partner's runs, with other clients. */
  running: boolean;
}

/**
 * On an open deal, and nothing done there within the window: since its last action, or since it was named on it. A selling
 * play that runs with the deal among its clients is the answer to it.
 */
export const silent: Kind<"silent", About> = {
  kind: "silent",
  rows: ({ whose, window }) => sql`
    select d.deal_id || '/' || k.id as subject_id, d.deal_id, k.id as partner_id, u.id as owner_id, ${HEADS} as desk,
      coalesce(a.last, n.first, d.created_on) + ${window.days + 1}::int as since, null::date as due, null as account_id,
      jsonb_build_object('lastOn', a.last, 'running', exists (select from selling_plays y
        where y.partner_id = k.id and y.decision is null)) as about
    from judged_deals d cross join unnest(d.partner_ids) k(id)
    join partners p on p.id = k.id
    left join users u on u.id = p.owner_id and u.disabled_at is null
    left join lateral (select max(occurred_on) as last from activities a
      where a.deal_id = d.deal_id and a.partner_id = k.id) a on true
    left join lateral (select min(o.on_deal) as first from (
      select recorded_on as on_deal from role_rows r
      where r.deal_id = d.deal_id and r.partner_id = k.id and r.refused_on is null
      union all select recorded_on from registrations g
      where g.deal_id = d.deal_id and g.partner_id = k.id) o) n on a.last is null
    where d.state = 'open' and d.partner_ids <> '{}'
      and coalesce(a.last, n.first, d.created_on) < ${window.from}::date
      and not exists (select from selling_plays y join selling_play_clients c on c.play_id = y.id
        where c.deal_id = d.deal_id and y.decision is null and y.partner_id in (
          select r.id from partners r where k.id in (r.id, r.merged_into) or r.id = p.merged_into))
      and ${withTheirPartners(whose, "open")} and ${ofTheirPartners(whose, { partnerId: sql`k.id`, dealId: sql`d.deal_id` })}
    order by d.created_on, d.deal_id, k.id`,
  item(found, { actor, window }) {
    return {
      lastOn: found.about.lastOn,
      windowDays: window.days,
      may: {
        log: maySay(mayLogActivity, actor, { deal: guarded(found) }),
        play: maySay(mayStartPlay, actor, { running: found.about.running }),
      },
    };
  },
};

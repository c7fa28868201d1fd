import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { activityLabel, type MenuEntry, menuOf } from "@/lib/attribution/menu";
import type { Role, Stage } from "@/lib/attribution/vocabulary";
import { mayConfirmNoPartner } from "@/lib/commands/deal/guards";
import { maySay } from "@/lib/commands/guard";
import { mayTagPartner } from "@/lib/commands/role/guards";
import { dayShape, mayShape, roleShape } from "../../shapes";
import { guarded, itemShape, type Kind } from "../kind";
import { ofTheirDeals } from "../whose";

/** The two moments at which the memo has the AE asked. */
export const ASKED_AT = ["registration", "motion"] as const;

export const roleAskedShape = itemShape.extend({
  kind: z.literal("role_asked"),
  moment: z.enum(ASKED_AT),
  /** What people call the motion; null of a registration. */
  name: z.string().nullable(),
  /** When the partner submitted or did it. */
  on: dayShape,
  /** The role that such a thing most likely is. */
  role: roleShape,
  /** `none`: that no partner is involved, which is no answer where a row names one. */
  may: z.object({ name: mayShape, none: mayShape }),
});

interface About {
  moment: (typeof ASKED_AT)[number];
  type: string | null;
  stage: Stage | null;
  on: Day;
  /** Rows of other partners that stand on the deal. */
  rows: { confirmedOn: Day | null }[];
}

/**
 * A partner on an open deal that no row names: within the window its registration was approved, or one of the memo's
 * motions of its own was logged, the first of them. What closes soon and is undecided asks the same, and is that item; a row that the AE refused, and
 * "no partner involved" since, are answers.
 */
export const roleAsked: Kind<"role_asked", About> = {
  kind: "role_asked",
  rows: ({ whose, window, policy: { motions } }) => sql`
    select d.deal_id || '/' || k.id as subject_id, d.deal_id, k.id as partner_id, u.id as owner_id, null as desk,
      f.since, null::date as due, null as account_id,
      jsonb_build_object('moment', f.moment, 'type', f.type, 'stage', f.stage, 'on', f.on_day, 'rows',
        (select coalesce(jsonb_agg(jsonb_build_object('confirmedOn', r.confirmed_on)), '[]')
          from role_rows r where r.deal_id = d.deal_id and r.refused_on is null)) as about
    from judged_deals d cross join unnest(d.partner_ids) k(id)
    join deals s on s.id = d.deal_id
    left join users u on u.owner_name = d.owner and u.disabled_at is null
    cross join lateral (
      select 'registration' as moment, null as type, null::smallint as stage, g.submitted_on as on_day,
        greatest(g.decided_on, g.recorded_on) as since
      from registrations g where g.deal_id = d.deal_id and g.partner_id = k.id and g.status = 'approved'
        and greatest(g.decided_on, g.recorded_on) >= ${window.from}::date
      union all
      select 'motion', a.type, a.stage, a.occurred_on, a.recorded_on from activities a
      where a.deal_id = d.deal_id and a.partner_id = k.id and a.stage < 6
        and a.recorded_on >= ${window.from}::date and a.type = any(${sql.param([...motions])}::text[])
      order by since, moment desc, on_day limit 1) f
    where d.state = 'open' and d.partner_ids <> '{}' and not (d.status = 'to_decide' and d.closes_soon)
      and not exists (select from role_rows r where r.deal_id = d.deal_id and r.partner_id = k.id)
      and coalesce(s.no_partner_on < f.since, true) and ${ofTheirDeals(whose)}
    order by d.created_on, d.deal_id, k.id`,
  item(found, { actor, policy }) {
    const { moment, type, stage, on, rows } = found.about;
    const menu: readonly MenuEntry[] = menuOf(policy);
    const deal = guarded(found);
    return {
      ...{ moment, on, name: type && activityLabel(type, menu), role: likelyRole(stage) },
      may: {
        name: maySay(mayTagPartner, actor, { deal }),
        none: maySay(mayConfirmNoPartner, actor, { deal, rows }),
      },
    };
  },
};

/** Who registered it sourced it, or says so; who works on it in the selling stages sells with us. */
function likelyRole(stage: Stage | null): Role {
  if (stage === null) return "sourcer";
  return stage >= 2 ? "co_seller" : "influencer";
}

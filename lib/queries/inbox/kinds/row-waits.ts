import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Outcome, Role } from "@/lib/attribution/vocabulary";
import { maySay } from "@/lib/commands/guard";
import { mayConfirmRole, mayRefuseRole, type OfRole } from "@/lib/commands/role/guards";
import { mayShape, outcomeShape, roleShape } from "../../shapes";
import { guarded, itemShape, type Kind } from "../kind";
import { ofTheirDeals } from "../whose";

export const rowWaitsShape = itemShape.extend({
  kind: z.literal("row_waits"),
  role: roleShape,
  /** Null when an import brought it. */
  recordedBy: z.string().nullable(),
  /** What its partner would earn were its gaps filled, as far as that is disputed. */
  would: outcomeShape.nullable(),
  may: z.object({ confirm: mayShape, refuse: mayShape }),
});

interface About {
  role: Role;
  recordedBy: string | null;
  would: Outcome | null;
  row: OfRole["row"];
}

/** Of open deals: what closed so is the monthly reconciliation's (§8.5). */
export const rowWaits: Kind<"row_waits", About> = {
  kind: "row_waits",
  rows: ({ whose }) => sql`
    select r.id as subject_id, d.deal_id, r.partner_id, u.id as owner_id, null as desk, r.recorded_on as since,
      null::date as due, null as account_id,
      jsonb_build_object('role', r.role, 'recordedBy', w.name,
        'would', (select disputed from partner_outcomes k
          where k.deal_id = r.deal_id and k.partner_id = r.partner_id),
        'row', jsonb_build_object('recordedBy', r.recorded_by, 'changedBy', r.changed_by,
          'recordedOn', r.recorded_on, 'confirmedOn', null, 'refusedOn', null)) as about
    from judged_deals d
    join role_rows r on r.deal_id = d.deal_id and r.confirmed_on is null and r.refused_on is null
    left join users u on u.owner_name = d.owner and u.disabled_at is null
    left join users w on w.id = r.recorded_by
    where d.status = 'waits_for_ae' and ${ofTheirDeals(whose)}
    order by d.deal_id, r.id`,
  item(found, { actor }) {
    const { row, ...about } = found.about;
    const subject = { deal: guarded(found), row };
    return {
      ...about,
      may: {
        confirm: maySay(mayConfirmRole, actor, subject),
        refuse: maySay(mayRefuseRole, actor, subject),
      },
    };
  },
};

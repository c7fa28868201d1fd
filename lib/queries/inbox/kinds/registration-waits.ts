import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { maySay } from "@/lib/commands/guard";
import { mayDecideRegistration } from "@/lib/commands/registration/guards";
import { dayShape, mayShape, outcomeShape } from "../../shapes";
import { guarded, HEADS, itemShape, type Kind } from "../kind";
import { ofTheirPartners } from "../whose";

export const registrationWaitsShape = itemShape.extend({
  kind: z.literal("registration_waits"),
  submittedOn: dayShape,
  /** Null when an import brought it. */
  recordedBy: z.string().nullable(),
  /** What its partner would earn were it approved, as far as that is disputed. */
  would: outcomeShape.nullable(),
  may: z.object({ decide: mayShape }),
});

interface About {
  submittedOn: Day;
  recordedById: string | null;
  recordedBy: string | null;
  would: Outcome | null;
}

/** The partner's owner decides, and a head of partnerships where they recorded it themselves (§9). */
export const registrationWaits: Kind<"registration_waits", About> = {
  kind: "registration_waits",
  rows: ({ whose, answerDays }) => sql`
    select g.id as subject_id, g.deal_id, g.partner_id, o.id as owner_id, ${HEADS} as desk,
      g.submitted_on as since, g.submitted_on + ${answerDays}::int as due, g.account_id,
      jsonb_build_object('submittedOn', g.submitted_on, 'recordedById', g.recorded_by, 'recordedBy', r.name,
        'would', (select disputed from partner_outcomes k
          where k.deal_id = g.deal_id and k.partner_id = g.partner_id)) as about
    from registrations g join partners p on p.id = g.partner_id
    left join users o on o.id = p.owner_id and o.disabled_at is null and o.id is distinct from g.recorded_by
    left join users r on r.id = g.recorded_by
    where g.status = 'pending' and (${ofTheirPartners(whose, { partnerId: sql`g.partner_id`, dealId: sql`g.deal_id`, subjectId: sql`g.id` })}
      or (o.id is null and ${(whose?.desks ?? [HEADS]).includes(HEADS)}))
    order by g.submitted_on, g.id`,
  item(found, { actor }) {
    const { submittedOn, recordedById, recordedBy, would } = found.about;
    const registration = { recordedBy: recordedById, decidedOn: null };
    const subject = { deal: found.deal && guarded(found), registration };
    return { submittedOn, recordedBy, would, may: { decide: maySay(mayDecideRegistration, actor, subject) } };
  },
};

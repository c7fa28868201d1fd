import { sql } from "drizzle-orm";
import { z } from "zod";
import { recordsOf } from "@/db/merged-partners";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { cut, readPlace } from "../place";
import { defineQuery } from "../query";
import { dayShape, idShape, stageShape } from "../shapes";

const lineShape = z.object({
  id: z.string(),
  on: dayShape,
  type: z.string(),
  stage: stageShape,
  involvement: z.enum(INVOLVEMENTS),
  proof: z.string().nullable(),
  deal: z.object({ id: z.string(), account: z.string().nullable() }),
  /** Who looks after its next step; null when nobody does. */
  owner: z.string().nullable(),
  /** While it is not done. */
  nextStep: z.string().nullable(),
  nextStepDueOn: dayShape.nullable(),
});

/** What a partner did, on all its deals. */
export const partnerActivities = defineQuery({
  name: "partner-activities",
  summary: "What a partner did on all its deals, the latest first, a page at a time.",
  input: z.strictObject({
    partnerId: idShape,
    after: z.string().max(2000).optional(),
    limit: z.int().min(1).max(100).default(30),
  }),
  output: z.object({ rows: z.array(lineShape), next: z.string().nullable() }),
  async run({ db }, { partnerId, after, limit }) {
    const records = await recordsOf(db, partnerId);
    const place = after === undefined ? null : readPlace(after);
    const beyond = place === null ? sql`true` : sql`(a.occurred_on, a.id) < (${place[0]}::date, ${place[1]})`;
    const rows = await db.execute<z.output<typeof lineShape> & Record<string, unknown>>(sql`
      select a.id, a.occurred_on::text as on, a.type, a.stage, a.involvement::text as involvement, a.proof,
        json_build_object('id', d.id, 'account', d.account) as deal, u.name as owner,
        case when a.next_step_done_on is null then a.next_step end as "nextStep",
        case when a.next_step_done_on is null then a.next_step_due_on::text end as "nextStepDueOn"
      from activities a join deals d on d.id = a.deal_id left join users u on u.id = a.owner_id
      where a.partner_id = any(${sql.param(records)}::text[]) and ${beyond}
      order by a.occurred_on desc, a.id desc limit ${limit + 1}`);
    return cut([...rows], limit, (row) => row.on);
  },
});

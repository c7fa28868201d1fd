import { sql } from "drizzle-orm";
import { z } from "zod";
import { COHORT_DAYS } from "@/lib/attribution/cohort";
import type { Day, StageEntry } from "@/lib/attribution/facts";
import { activityLabel } from "@/lib/attribution/menu";
import type { Stage } from "@/lib/attribution/vocabulary";
import { addDays } from "@/lib/calendar";
import { patternsOf } from "@/lib/metrics/velocity";
import { isAmong } from "../deals/looked-source";
import { defineQuery } from "../query";
import { stageShape } from "../shapes";
import { lookOf, lookShape } from "./look";

/** Among so many won deals that closed last. */
const LOOKED_AT = 3_000;

const typicalShape = z.object({ median: z.number().nullable(), n: z.int() });

/** What partners did at a stage, beside how long deals stayed in it (§7 velocity): observed, and no cause. */
export const motionPatterns = defineQuery({
  name: "motion-patterns",
  summary: "Median days in a stage of won deals with a kind of partner activity there, beside the others.",
  input: z.strictObject({
    /** Of a partner, or of partners of a kind: what they themselves did, on the deals that they are on. */
    look: lookShape.omit({ asOf: true }).optional(),
  }),
  output: z.object({
    /** Won deals of the last 365 days that were looked at. */
    deals: z.int(),
    patterns: z.array(
      z.object({
        type: z.string(),
        label: z.string(),
        stage: stageShape,
        with: typicalShape,
        others: typicalShape,
      }),
    ),
  }),
  async run({ db, today }, { look }) {
    const narrowing = (await lookOf(db, look, today))?.narrowing;
    const partners = narrowing?.partners;
    const rows = await db.execute<{
      closedOn: Day;
      stages: StageEntry[];
      acts: { type: string; stage: Stage }[];
    }>(sql`
      select d.closed_on::text as "closedOn",
        (select coalesce(json_agg(json_build_object('stage', e.stage, 'enteredOn', e.entered_on) order by e.seq), '[]')
          from stage_entries e where e.deal_id = d.deal_id) as stages,
        (select coalesce(json_agg(json_build_object('type', a.type, 'stage', a.stage)), '[]')
          from activities a where a.deal_id = d.deal_id and a.occurred_on <= d.closed_on
            and ${partners ? sql`a.partner_id = any(${sql.param([...partners])}::text[])` : sql`true`}) as acts
      from judged_deals d where d.state = 'won' and d.closed_on between ${addDays(today, 1 - COHORT_DAYS)}::date
        and ${today}::date and ${narrowing ? isAmong(narrowing) : sql`true`}
      order by d.closed_on desc, d.deal_id limit ${LOOKED_AT}`);
    return {
      deals: rows.length,
      patterns: patternsOf([...rows]).map((one) => ({ ...one, label: activityLabel(one.type) })),
    };
  },
});

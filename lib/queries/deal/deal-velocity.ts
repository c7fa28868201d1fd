import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { COHORT_DAYS } from "@/lib/attribution/cohort";
import type { Day, StageEntry } from "@/lib/attribution/facts";
import { addDays } from "@/lib/calendar";
import { cohortOf } from "@/lib/judging/cohorts";
import { daysInStages } from "@/lib/metrics/landmark";
import { movedAfter, typicalDays } from "@/lib/metrics/velocity";
import { partnersCalled } from "../deals/deal-source";
import { defineQuery } from "../query";
import { dayShape, idShape, namedShape, stageShape } from "../shapes";
import { factsAndPolicy } from "./deal-facts";

/** Of a cohort the latest so many are looked at: what it costs does not grow with the deals. */
const LOOKED_AT = 1_000;

/** How fast a deal went, beside deals like it, and what came after its partners' actions (§7 velocity). */
export const dealVelocity = defineQuery({
  name: "deal-velocity",
  summary:
    "Days in each stage of a deal beside its cohort's median, and whether it moved after partners' actions.",
  input: z.strictObject({ dealId: idShape }),
  output: z.object({
    stages: z.array(
      z.object({
        stage: stageShape,
        days: z.int(),
        /** Median days there of won deals like it without a partner, and of how many; null where too few tell. */
        typical: z.number().nullable(),
        n: z.int(),
      }),
    ),
    /** In order of day: the stage that was entered within 30 days after, if one was. */
    moves: z.array(
      z.object({
        activityId: z.string(),
        partner: namedShape,
        type: z.string(),
        on: dayShape,
        moved: z.object({ to: stageShape, days: z.int() }).nullable(),
      }),
    ),
  }),
  async run({ db, today }, { dealId }) {
    const { facts } = await factsAndPolicy(db, dealId, today);
    const { deal, stages, activities } = facts;
    const until = deal.closedOn ?? today;
    const [cohort, names] = await Promise.all([
      readWays(db, cohortOf(deal), until),
      partnersCalled(
        db,
        activities.map(({ partnerId }) => partnerId),
      ),
    ]);
    const typical = typicalDays(cohort);
    const own = daysInStages([...stages], until);
    return {
      stages: [...typical].flatMap(([stage, { median, n }]) => {
        const days = own.get(stage);
        return days === undefined ? [] : [{ stage, days, typical: median, n }];
      }),
      moves: activities
        .filter(({ stage, occurredOn }) => stage < 6 && occurredOn <= until)
        .sort((a, b) => a.occurredOn.localeCompare(b.occurredOn) || a.id.localeCompare(b.id))
        .map(({ id: activityId, partnerId, type, occurredOn: on }) => ({
          ...{ activityId, type, on, moved: movedAfter(stages, on) },
          partner: { id: partnerId, name: names.get(partnerId)?.name ?? partnerId },
        })),
    };
  },
});

/** The ways of the won deals of a cohort (§2), the latest of them. */
async function readWays(db: Db, cohort: string, on: Day) {
  const rows = await db.execute<{ closedOn: Day; stages: StageEntry[] }>(sql`
    select c.cohort_on::text as "closedOn", (select coalesce(json_agg(json_build_object('stage', e.stage,
      'enteredOn', e.entered_on) order by e.seq), '[]') from stage_entries e where e.deal_id = c.deal_id) as stages
    from judged_deals c where c.cohort = ${cohort}
      and c.cohort_on between ${addDays(on, 1 - COHORT_DAYS)}::date and ${on}::date
    order by c.cohort_on desc, c.deal_id limit ${LOOKED_AT}`);
  return [...rows];
}

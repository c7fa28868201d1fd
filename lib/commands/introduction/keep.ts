import { eq } from "drizzle-orm";
import { z } from "zod";
import { introductions } from "@/db/schema/introductions";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { type ActivityRow, type DealRow, lockActivity } from "../deal/load";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayKeepIntroduction } from "./guards";

/** Which of an introduction's two clocks, by its day and who said so. */
const CLOCKS = {
  answered: { on: "answeredOn", by: "answeredBy" },
  loopedBack: { on: "loopedBackOn", by: "loopedBackBy" },
} as const;

/** A verb that says when one of the two clocks stopped, or that it runs still. */
export const clockVerb = <const N extends string>(name: N, clock: keyof typeof CLOCKS, summary: string) =>
  defineVerb({
    ...{ name, summary },
    input: z.strictObject({
      activityId: field.id,
      /** Today where it is left out; null lets its clock run again. */
      on: field.day.nullable().optional(),
    }),
    output: z.object({ activityId: z.string() }),
    guard: mayKeepIntroduction,
    subject: (context, { activityId }) => lockActivity(context, activityId),
    async run(context, { activityId, on = context.today }, subject) {
      await stopClock(context, subject, clock, on);
      return { activityId };
    },
  });

async function stopClock(
  { tx, actor, today, audit }: WriteContext,
  { activity, deal }: { activity: ActivityRow; deal: DealRow },
  clock: keyof typeof CLOCKS,
  day: Day | null,
): Promise<void> {
  const { on, by } = CLOCKS[clock];
  if (day !== null && day > today) refuse("on", day, "must not be in the future");
  if (day !== null && day < activity.occurredOn) refuse("on", day, "must not be before the introduction");
  const its = eq(introductions.activityId, activity.id);
  const [before = null] = await tx.select().from(introductions).where(its).for("update");
  if ((before?.[on] ?? null) === day)
    refuse("on", day, day === null ? "it was not said yet" : "it was said already");
  const said = { [on]: day, [by]: day === null ? null : actor.userId };
  const [after] = await tx
    .insert(introductions)
    .values({ activityId: activity.id, ...said })
    .onConflictDoUpdate({ target: introductions.activityId, set: said })
    .returning();
  audit({ subjectKind: "introduction", subjectId: activity.id, dealId: deal.id, before, after });
}

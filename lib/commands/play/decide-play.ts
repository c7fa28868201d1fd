import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { jointSteps } from "@/db/schema/joint-steps";
import { sellingPlays } from "@/db/schema/selling-plays";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { PLAY_DECISIONS } from "@/lib/metrics/selling-play";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayDecidePlay } from "./guards";
import { isRunning, lockPlay } from "./load";

export const decidePlay = defineVerb({
  name: "decide-play",
  summary: "Decide what becomes of a partner after its selling play: go on, park it, or end it",
  input: z.strictObject({
    playId: field.id,
    /** Null has it run again. */
    decision: z.enum(PLAY_DECISIONS).nullable(),
  }),
  output: z.object({ playId: z.string() }),
  guard: mayDecidePlay,
  subject: (context, { playId }) => lockPlay(context, playId),
  async run(context, { playId, decision }, { play }) {
    const { tx, actor, today, audit } = context;
    if (play.decision === decision)
      refuse("decision", decision, decision === null ? "it runs" : "it was decided so already");
    if (decision === null && (await isRunning(context, play.partnerId, playId)))
      refuse("decision", decision, "another selling play of this partner runs meanwhile");
    const said =
      decision === null
        ? { decision, decidedOn: null, decidedBy: null }
        : { decision, decidedOn: today, decidedBy: actor.userId };
    const [after] = await tx.update(sellingPlays).set(said).where(eq(sellingPlays.id, playId)).returning();
    audit({ subjectKind: "selling_play", subjectId: playId, dealId: null, before: play, after });
    await closeSteps(context, playId, decision === "park" || decision === "end" ? today : null);
    return { playId };
  },
});

/** What was not done of it is closed with it; null opens it again. */
async function closeSteps({ tx, audit }: WriteContext, playId: string, closedOn: Day | null) {
  const its = and(eq(jointSteps.playId, playId), isNull(jointSteps.doneOn));
  const [from, where] = [
    await tx.select().from(jointSteps).where(its).for("update"),
    and(its, closedOn === null ? isNotNull(jointSteps.closedOn) : isNull(jointSteps.closedOn)),
  ];
  for (const after of await tx.update(jointSteps).set({ closedOn }).where(where).returning()) {
    const before = from.find(({ id }) => id === after.id)!;
    audit({ subjectKind: "joint_step", subjectId: after.id, dealId: after.dealId, before, after });
  }
}

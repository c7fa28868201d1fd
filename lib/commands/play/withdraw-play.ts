import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { jointSteps } from "@/db/schema/joint-steps";
import { sellingPlays } from "@/db/schema/selling-plays";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayWithdrawPlay } from "./guards";
import { lockPlay } from "./load";

export const withdrawPlay = defineVerb({
  name: "withdraw-play",
  summary: "Take a selling play back that runs, with its steps that are not done",
  input: z.strictObject({ playId: field.id }),
  output: z.object({ playId: z.string() }),
  guard: mayWithdrawPlay,
  subject: (context, { playId }) => lockPlay(context, playId),
  async run({ tx, audit }, { playId }, { play }) {
    const gone = await tx
      .delete(jointSteps)
      .where(and(eq(jointSteps.playId, playId), isNull(jointSteps.doneOn)))
      .returning();
    await tx.delete(sellingPlays).where(eq(sellingPlays.id, playId));
    for (const step of gone)
      audit({
        subjectKind: "joint_step",
        subjectId: step.id,
        dealId: step.dealId,
        before: step,
        after: null,
      });
    audit({ subjectKind: "selling_play", subjectId: playId, dealId: null, before: play, after: null });
    return { playId };
  },
});

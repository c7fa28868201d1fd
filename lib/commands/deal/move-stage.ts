import { z } from "zod";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { enterStage, lockDeal, ownDeal, stageOn } from "./load";

export const moveStage = defineVerb({
  name: "move-stage",
  summary: "Move a deal to another stage; the day is remembered",
  input: z.strictObject({ dealId: field.id, version: field.version.optional(), stage: field.stage }),
  output: z.object({ dealId: z.string() }),
  may: "deal.move_stage",
  own: async (context, { dealId }) =>
    ownDeal(context.actor, await lockDeal(context, dealId), "moves its stage"),
  async run(context, { dealId, version, stage }) {
    const deal = await lockDeal(context, dealId, version);
    if (deal.outcome !== "open" && stage !== 6) {
      refuse(
        "stage",
        stage,
        `the deal was ${deal.outcome} on ${deal.closedOn}; only stage 6 follows a close`,
      );
    }
    if ((await stageOn(context, dealId, context.today)) === stage) {
      refuse("stage", stage, "the deal is at this stage already");
    }
    await enterStage(context, dealId, stage, context.today);
    context.touch(dealId);
    return { dealId };
  },
});

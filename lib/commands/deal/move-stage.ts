import { z } from "zod";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayMoveStage } from "./guards";
import { enterStage, lockDeal, stageOn } from "./load";

export const moveStage = defineVerb({
  name: "move-stage",
  summary: "Move a deal to another stage; the day is remembered",
  input: z.strictObject({ dealId: field.id, version: field.version.optional(), stage: field.stage }),
  output: z.object({ dealId: z.string() }),
  guard: mayMoveStage,
  subject: async (context, { dealId, version, stage }) => ({
    deal: await lockDeal(context, dealId, version),
    to: stage,
  }),
  async run(context, { dealId, stage }) {
    if ((await stageOn(context, dealId, context.today)) === stage) {
      refuse("stage", stage, "the deal is at this stage already");
    }
    await enterStage(context, dealId, stage, context.today);
    context.touch(dealId);
    return { dealId };
  },
});

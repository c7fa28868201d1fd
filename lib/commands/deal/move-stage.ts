import { z } from "zod";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayMoveStage } from "./guards";
import { enterStage, lockScene, stageIn } from "./load";

export const moveStage = defineVerb({
  name: "move-stage",
  summary: "Move a deal to another stage; the day is remembered",
  input: z.strictObject({ dealId: field.id, version: field.version.optional(), stage: field.stage }),
  output: z.object({ dealId: z.string() }),
  guard: mayMoveStage,
  subject: async (context, { dealId, version, stage }) => ({
    ...(await lockScene(context, dealId, { version })),
    to: stage,
  }),
  async run(context, { dealId, stage }, { stages }) {
    if (stageIn({ stages }, context.today) === stage) {
      refuse("stage", stage, "the deal is at this stage already");
    }
    enterStage(context, dealId, { stages, stage, enteredOn: context.today });
    context.touch(dealId);
    return { dealId };
  },
});

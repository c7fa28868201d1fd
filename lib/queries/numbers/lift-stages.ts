import { z } from "zod";
import { STAGES } from "@/lib/attribution/vocabulary";
import { defineQuery } from "../query";
import { stageShape } from "../shapes";
import { comparedShape, countClosed, liftInput } from "./lift-count";

/** The deals of `lift` by how long they were in each stage; by itself, since a page shows its numbers before it. */
export const liftStages = defineQuery({
  name: "lift-stages",
  summary: "Days that won deals spent in each stage, with a partner and without.",
  input: liftInput,
  output: z.object({
    /** From the landmark for the stages that come after it; none while a model is looked through. */
    stages: z.array(
      z.object({ stage: stageShape, plain: comparedShape, landmark: comparedShape.nullable() }),
    ),
  }),
  async run({ db, today }, asked) {
    const { tally, underWay } = await countClosed(db, today, asked);
    const shown = underWay ? [] : STAGES.filter((stage) => stage >= 1 && stage <= 5);
    return {
      stages: shown.map((stage) => ({
        stage,
        plain: tally.compareStage("plain", stage),
        landmark: stage >= asked.stage ? tally.compareStage("landmark", stage) : null,
      })),
    };
  },
});

import { z } from "zod";
import { settings } from "@/db/schema/settings";
import { STAGES } from "@/lib/attribution/vocabulary";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { maySetProbabilities } from "./guards";

export const setStageProbabilities = defineVerb({
  name: "set-stage-probabilities",
  summary: "Say at which probability each stage's open sourced pipeline is in commit",
  input: z.strictObject({
    /** Whole percent of the stages 0 to 6; none is less than the one before it. */
    probabilities: z.array(field.percent).length(STAGES.length, `must be ${STAGES.length}, one a stage`),
  }),
  output: z.object({ probabilities: z.array(z.int()) }),
  guard: maySetProbabilities,
  async run({ tx, audit }, { probabilities }) {
    const falls = probabilities.findIndex((one, at) => at > 0 && one < probabilities[at - 1]!);
    if (falls > 0)
      refuse(
        `probabilities[${falls}]`,
        probabilities[falls],
        "must not be less than that of the stage before",
      );
    const [before] = await tx
      .select({ stageProbabilities: settings.stageProbabilities })
      .from(settings)
      .for("update");
    if (JSON.stringify(before?.stageProbabilities) === JSON.stringify(probabilities))
      refuse("probabilities", probabilities, "are these already");
    await tx.update(settings).set({ stageProbabilities: probabilities });
    const after = { stageProbabilities: probabilities };
    audit({ subjectKind: "settings", subjectId: "1", dealId: null, before: before ?? null, after });
    return { probabilities };
  },
});

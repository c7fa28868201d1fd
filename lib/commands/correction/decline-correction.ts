import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayAnswerCorrection } from "./guards";
import { answer, lockCorrection } from "./load";

export const declineCorrection = defineVerb({
  name: "decline-correction",
  summary: "Decline a correction of a closed deal for finance, with the reason",
  input: z.strictObject({ correctionId: field.id, reason: field.line(1000) }),
  output: z.object({ correctionId: z.string() }),
  guard: mayAnswerCorrection,
  subject: (context, { correctionId }) => lockCorrection(context, correctionId),
  async run(context, { correctionId, reason }, { correction }) {
    await answer(context, correction, "declined", reason);
    return { correctionId };
  },
});

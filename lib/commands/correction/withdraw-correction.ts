import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayWithdrawCorrection } from "./guards";
import { answer, lockCorrection } from "./load";

export const withdrawCorrection = defineVerb({
  name: "withdraw-correction",
  summary: "Take back a correction that one proposed",
  input: z.strictObject({ correctionId: field.id }),
  output: z.object({ correctionId: z.string() }),
  guard: mayWithdrawCorrection,
  subject: (context, { correctionId }) => lockCorrection(context, correctionId),
  async run(context, { correctionId }, { correction }) {
    await answer(context, correction, "withdrawn");
    return { correctionId };
  },
});

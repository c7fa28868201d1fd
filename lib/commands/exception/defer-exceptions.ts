import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { deferCases } from "./defer-cases";
import { mayDeferException } from "./guards";
import { lockCases } from "./load";
import { leftOutShape, mustTakeSome, severalCases, sift } from "./several-cases";

export const deferExceptions = defineVerb({
  name: "defer-exceptions",
  summary: "Leave several exceptions undecided past the freeze: to whom, and until when",
  input: z.strictObject({
    exceptionIds: severalCases,
    /** Whoever answers for them from now on. */
    to: field.id,
    /** A day after today. */
    until: field.day,
  }),
  output: z.object({ deferred: z.array(z.string()), leftOut: z.array(leftOutShape) }),
  guard: { may: mayDeferException.may },
  subject: (context, { exceptionIds }) => lockCases(context, exceptionIds),
  async run(context, { to, until }, cases) {
    const { taken, left } = sift(mayDeferException, context.actor, cases);
    mustTakeSome(taken, left);
    const versions = await deferCases(context, taken, { to, until });
    return { deferred: [...versions.keys()], leftOut: left };
  },
});

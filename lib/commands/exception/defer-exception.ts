import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { deferCases } from "./defer-cases";
import { mayDeferException } from "./guards";
import { caseName, lockCase } from "./load";

export const deferException = defineVerb({
  name: "defer-exception",
  summary: "Leave an exception undecided past the freeze: to whom, and until when",
  input: z.strictObject({
    exceptionId: field.id,
    /** When given, the exception must still be as it was seen. */
    version: field.version.optional(),
    /** Whoever answers for it from now on. */
    to: field.id,
    /** A day after today. */
    until: field.day,
  }),
  output: z.object({ exceptionId: z.string(), name: z.string(), version: z.int() }),
  guard: mayDeferException,
  subject: (context, { exceptionId, version, to, until }) =>
    lockCase(context, exceptionId, version === undefined ? undefined : { version, to, until }),
  async run(context, { exceptionId, to, until }, one) {
    const versions = await deferCases(context, [one], { to, until });
    return { exceptionId, name: caseName(one), version: versions.get(exceptionId)! };
  },
});

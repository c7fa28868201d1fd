import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { exceptions } from "@/db/schema/exceptions";
import { refuse } from "@/lib/errors";
import { mustHaveUser } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayDeferException } from "./guards";
import { auditException, lockException, note } from "./load";

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
  output: z.object({ exceptionId: z.string(), version: z.int() }),
  guard: mayDeferException,
  subject: async (context, { exceptionId, version, to, until }) => {
    const yours = version === undefined ? undefined : { version, to, until };
    return (await lockException(context, exceptionId, yours)).exception;
  },
  async run(context, { exceptionId, to, until }, exception) {
    const { tx, today } = context;
    if (until <= today) refuse("until", until, `must be after today, ${today}`);
    const owner = await mustHaveUser(context, "to", to);
    const [after] = await tx
      .update(exceptions)
      .set({ ownerId: to, deferredTo: to, deferredUntil: until, version: sql`${exceptions.version} + 1` })
      .where(eq(exceptions.id, exceptionId))
      .returning();
    await note(context, exceptionId, "deferred", `To ${owner.name} until ${until}`);
    auditException(context, exception, after!);
    return { exceptionId, version: after!.version };
  },
});

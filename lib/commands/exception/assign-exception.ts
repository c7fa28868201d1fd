import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { exceptions } from "@/db/schema/exceptions";
import { mustHaveUser } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayAssignException } from "./guards";
import { auditException, lockException, note } from "./load";

export const assignException = defineVerb({
  name: "assign-exception",
  summary: "Give an exception an owner",
  input: z.strictObject({ exceptionId: field.id, ownerId: field.id.nullable() }),
  output: z.object({ exceptionId: z.string(), version: z.int() }),
  guard: mayAssignException,
  subject: async (context, { exceptionId }) => (await lockException(context, exceptionId)).exception,
  async run(context, { exceptionId, ownerId }, exception) {
    const owner = ownerId === null ? null : await mustHaveUser(context, "ownerId", ownerId);
    const [after] = await context.tx
      .update(exceptions)
      .set({ ownerId, version: sql`${exceptions.version} + 1` })
      .where(eq(exceptions.id, exceptionId))
      .returning();
    await note(context, exceptionId, "owner", owner ? `Owner: ${owner.name}` : "No owner any more");
    auditException(context, exception, after!);
    return { exceptionId, version: after!.version };
  },
});

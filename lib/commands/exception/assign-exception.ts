import { z } from "zod";
import { mustHaveUser } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayAssignException } from "./guards";
import { changeCases, lockCase, note } from "./load";
import { tellOwner } from "./tell-owner";

export const assignException = defineVerb({
  name: "assign-exception",
  summary: "Give an exception an owner",
  input: z.strictObject({ exceptionId: field.id, ownerId: field.id.nullable() }),
  output: z.object({ exceptionId: z.string(), version: z.int() }),
  guard: mayAssignException,
  subject: (context, { exceptionId }) => lockCase(context, exceptionId),
  async run(context, { exceptionId, ownerId }, one) {
    if (ownerId !== null) await mustHaveUser(context, "ownerId", ownerId);
    const versions = await changeCases(context, [one], { ownerId });
    await note(context, { exceptionId, kind: "owner", personId: ownerId });
    tellOwner(context, ownerId, [one]);
    return { exceptionId, version: versions.get(exceptionId)! };
  },
});

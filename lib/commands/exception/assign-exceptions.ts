import { z } from "zod";
import { mustHaveUser } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayAssignException } from "./guards";
import { changeCases, lockCases, note } from "./load";
import { leftOutShape, mustTakeSome, severalCases, sift } from "./several-cases";
import { tellOwner } from "./tell-owner";

export const assignExceptions = defineVerb({
  name: "assign-exceptions",
  summary: "Give several exceptions one owner",
  input: z.strictObject({ exceptionIds: severalCases, ownerId: field.id.nullable() }),
  output: z.object({ assigned: z.array(z.string()), leftOut: z.array(leftOutShape) }),
  guard: { may: mayAssignException.may },
  subject: (context, { exceptionIds }) => lockCases(context, exceptionIds),
  async run(context, { ownerId }, cases) {
    if (ownerId !== null) await mustHaveUser(context, "ownerId", ownerId);
    const { taken, left } = sift(mayAssignException, context.actor, cases);
    mustTakeSome(taken, left);
    await changeCases(context, taken, { ownerId });
    const ids = taken.map(({ exception }) => exception.id);
    await note(
      context,
      ...ids.map((exceptionId) => ({ exceptionId, kind: "owner" as const, personId: ownerId })),
    );
    tellOwner(context, ownerId, taken);
    return { assigned: ids, leftOut: left };
  },
});

import { eq } from "drizzle-orm";
import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { lockRegistration } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayDecideRegistration } from "./guards";

export const decideRegistration = defineVerb({
  name: "decide-registration",
  summary: "Approve or reject a partner's deal registration that somebody else recorded",
  input: z.strictObject({
    registrationId: field.id,
    status: z.enum(["approved", "rejected"], { error: "must be approved or rejected" }),
    /** A rejection says why. */
    reason: field.line(1000).nullable().default(null),
  }),
  output: z.object({ registrationId: z.string() }),
  guard: mayDecideRegistration,
  subject: (context, { registrationId }) => lockRegistration(context, registrationId),
  async run(
    { tx, actor, today, audit, touch },
    { registrationId, status, reason },
    { registration: before },
  ) {
    if (before.status === status) refuse("status", status, "is what was decided already");
    if (status === "rejected" && reason === null)
      refuse("reason", null, "a rejection says why: the partner will ask");
    // Whatever system it came from: that it holds is now a person's word.
    const decided = { status, reason, decidedOn: today, decidedBy: actor.userId, source: null };
    const [after] = await tx
      .update(registrations)
      .set(decided)
      .where(eq(registrations.id, registrationId))
      .returning();
    audit({ subjectKind: "registration", subjectId: registrationId, dealId: before.dealId, before, after });
    touch(before.dealId);
    return { registrationId };
  },
});

import { eq } from "drizzle-orm";
import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { lockRegistration } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";

export const decideRegistration = defineVerb({
  name: "decide-registration",
  summary: "Approve or reject a partner's deal registration",
  input: z.strictObject({
    registrationId: field.id,
    status: z.enum(["approved", "rejected"], { error: "must be approved or rejected" }),
  }),
  output: z.object({ registrationId: z.string() }),
  guard: { may: "registration.change" },
  subject: (context, { registrationId }) => lockRegistration(context, registrationId),
  async run({ tx, audit, touch }, { registrationId, status }, { registration: before }) {
    if (before.status === status) refuse("status", status, "is what was decided already");
    const [after] = await tx
      .update(registrations)
      .set({ status })
      .where(eq(registrations.id, registrationId))
      .returning();
    audit({ subjectKind: "registration", subjectId: registrationId, dealId: before.dealId, before, after });
    touch(before.dealId);
    return { registrationId };
  },
});

import { eq } from "drizzle-orm";
import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { Refusal } from "@/lib/errors";
import { lockDeal } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";

export const decideRegistration = defineVerb({
  name: "decide-registration",
  summary: "Approve or reject a partner's deal registration",
  input: z.strictObject({ registrationId: field.id, status: field.registrationStatus }),
  output: z.object({ registrationId: z.string() }),
  may: "registration.change",
  async run(context, { registrationId, status }) {
    const { tx, audit, touch } = context;
    const [before] = await tx.select().from(registrations).where(eq(registrations.id, registrationId));
    if (!before) {
      throw new Refusal({
        code: "not_found",
        field: "registrationId",
        value: registrationId,
        rule: "there is no registration with this id",
      });
    }
    await lockDeal(context, before.dealId);
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

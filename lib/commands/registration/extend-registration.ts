import { eq } from "drizzle-orm";
import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import { lockRegistration } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayExtendRegistration } from "./guards";

export const extendRegistration = defineVerb({
  name: "extend-registration",
  summary: "Let an approved registration protect its partner until a later day",
  input: z.strictObject({ registrationId: field.id, until: field.day }),
  output: z.object({ registrationId: z.string() }),
  guard: mayExtendRegistration,
  subject: (context, { registrationId }) => lockRegistration(context, registrationId),
  async run({ tx, today, audit, touch }, { registrationId, until }, { registration: before }) {
    if (until < today) refuse("until", until, `must not be before ${dayInWords(today)}`);
    const stands = before.protectedUntil;
    if (stands !== null && until <= stands)
      refuse("until", until, `must be after ${stands}, its last day now`);
    const [after] = await tx
      .update(registrations)
      .set({ protectedUntil: until })
      .where(eq(registrations.id, registrationId))
      .returning();
    audit({ subjectKind: "registration", subjectId: registrationId, dealId: before.dealId, before, after });
    if (before.dealId) touch(before.dealId);
    return { registrationId };
  },
});

import { eq } from "drizzle-orm";
import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { lockDeal, lockRegistration } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayMatchRegistration } from "./guards";

export const matchRegistration = defineVerb({
  name: "match-registration",
  summary: "Say to which open deal of its account a registration belongs",
  input: z.strictObject({ registrationId: field.id, dealId: field.id }),
  output: z.object({ registrationId: z.string(), dealId: z.string() }),
  guard: mayMatchRegistration,
  async subject(context, { registrationId, dealId }) {
    const deal = await lockDeal(context, dealId);
    const { registration } = await lockRegistration(context, registrationId);
    return { deal, registration };
  },
  async run({ tx, audit, touch }, { registrationId, dealId }, { deal, registration: before }) {
    if (deal.accountId !== before.accountId) refuse("dealId", dealId, "is a deal of another account");
    const [after] = await tx
      .update(registrations)
      .set({ dealId })
      .where(eq(registrations.id, registrationId))
      .returning();
    audit({ subjectKind: "registration", subjectId: registrationId, dealId, before, after });
    touch(dealId);
    return { registrationId, dealId };
  },
});

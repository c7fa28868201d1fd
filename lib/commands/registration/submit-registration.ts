import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { parseOccurrence } from "@/lib/attribution/field-rules";
import { lockDeal, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";

export const submitRegistration = defineVerb({
  name: "submit-registration",
  summary: "Enter a partner's deal registration",
  input: z.strictObject({ dealId: field.id, partnerId: field.id, submittedOn: field.day.optional() }),
  output: z.object({ registrationId: z.string() }),
  guard: { may: "registration.change" },
  async run(context, { dealId, partnerId, submittedOn = context.today }) {
    const { tx, actor, today, audit, touch } = context;
    parseOccurrence("submittedOn", submittedOn, today);
    await lockDeal(context, dealId);
    await mustHavePartner(context, partnerId);
    const row = {
      ...{ id: newId("R"), dealId, partnerId, submittedOn, status: "pending" as const },
      ...{ recordedOn: today, recordedBy: actor.userId },
    };
    await tx.insert(registrations).values(row);
    audit({ subjectKind: "registration", subjectId: row.id, dealId, before: null, after: row });
    touch(dealId);
    return { registrationId: row.id };
  },
});

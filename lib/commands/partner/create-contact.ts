import { z } from "zod";
import { partnerContacts } from "@/db/schema/partners";
import { mustHavePartner } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mustBeFree } from "./contacts";
import { mayEditPartner } from "./guards";

export const createContact = defineVerb({
  name: "create-contact",
  summary: "Enter somebody at a partner",
  input: z.strictObject({
    partnerId: field.id,
    name: field.line(200),
    email: field.email.nullable().default(null),
    title: field.line(200).nullable().default(null),
  }),
  output: z.object({ contactId: z.string() }),
  guard: mayEditPartner,
  async run(context, input) {
    const id = newId("CT");
    await mustHavePartner(context, input.partnerId, "update");
    await mustBeFree(context, "email", { ...input, id });
    const row = { ...input, id };
    await context.tx.insert(partnerContacts).values(row);
    context.audit({ subjectKind: "partner_contact", subjectId: id, dealId: null, before: null, after: row });
    return { contactId: id };
  },
});

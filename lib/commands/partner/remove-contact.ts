import { eq } from "drizzle-orm";
import { z } from "zod";
import { partnerContacts } from "@/db/schema/partners";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mustHaveContact } from "./contacts";
import { mayEditPartner } from "./guards";

export const removeContact = defineVerb({
  name: "remove-contact",
  summary: "Remove somebody who is at a partner no more; role tables go on naming them",
  input: z.strictObject({ contactId: field.id }),
  output: z.object({ contactId: z.string() }),
  guard: mayEditPartner,
  async run(context, { contactId }) {
    const before = await mustHaveContact(context, contactId);
    await context.tx.delete(partnerContacts).where(eq(partnerContacts.id, contactId));
    context.audit({
      subjectKind: "partner_contact",
      subjectId: contactId,
      dealId: null,
      before,
      after: null,
    });
    return { contactId };
  },
});

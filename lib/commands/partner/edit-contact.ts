import { eq } from "drizzle-orm";
import { z } from "zod";
import { partnerContacts } from "@/db/schema/partners";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mustBeFree, mustHaveContact } from "./contacts";
import { mayEditPartner } from "./guards";

export const editContact = defineVerb({
  name: "edit-contact",
  summary: "Correct what is known of somebody at a partner",
  input: z.strictObject({
    contactId: field.id,
    changes: z
      .strictObject({
        name: field.line(200),
        email: field.email.nullable(),
        title: field.line(200).nullable(),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ contactId: z.string() }),
  guard: mayEditPartner,
  subject: (context, { contactId }) => mustHaveContact(context, contactId),
  stands: (contact) => contact,
  async run(context, { contactId, changes }, before) {
    const { tx, audit } = context;
    const { partnerId } = before;
    await mustBeFree(context, "changes.email", { partnerId, email: changes.email, id: contactId });
    const [after] = await tx
      .update(partnerContacts)
      // Whom somebody corrects here is theirs: no file takes them away.
      .set({ ...changes, ofFile: false })
      .where(eq(partnerContacts.id, contactId))
      .returning();
    audit({ subjectKind: "partner_contact", subjectId: contactId, dealId: null, before, after });
    return { contactId };
  },
});

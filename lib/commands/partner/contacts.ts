import { and, eq, ne, sql } from "drizzle-orm";
import { partnerContacts } from "@/db/schema/partners";
import { Refusal, refuse } from "@/lib/errors";
import type { WriteContext } from "../verb";

/** A contact at a partner, locked. */
export async function mustHaveContact({ tx }: WriteContext, contactId: string) {
  const found = tx.select().from(partnerContacts).where(eq(partnerContacts.id, contactId));
  const [contact] = await found.for("update");
  if (contact) return contact;
  throw new Refusal({
    code: "not_found",
    field: "contactId",
    value: contactId,
    rule: "there is no contact with this id",
  });
}

/** Refuses an address by which the partner knows somebody else. */
export async function mustBeFree(
  { tx }: WriteContext,
  field: string,
  { partnerId, email, id }: { partnerId: string; email: string | null | undefined; id: string },
): Promise<void> {
  if (!email) return;
  const [taken] = await tx
    .select({ name: partnerContacts.name })
    .from(partnerContacts)
    .where(
      and(
        eq(partnerContacts.partnerId, partnerId),
        eq(sql`lower(${partnerContacts.email})`, email),
        ne(partnerContacts.id, id),
      ),
    );
  if (taken) refuse(field, email, `is ${taken.name}'s address`);
}

import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { partnerStatements } from "@/db/schema/partner-statements";
import { partnerContacts } from "@/db/schema/partners";
import { newToken, tokenHash } from "@/lib/auth/links";
import { refuse } from "@/lib/errors";
import { mustBeItself, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayShareStatement } from "./guards";

export const shareStatement = defineVerb({
  name: "share-statement",
  summary: "Make a link by which a partner sees its own deals, outcomes and why, and nothing of others",
  input: z.strictObject({
    partnerId: field.id,
    /** For how many days it works. */
    days: z
      .int("must be a whole number of days")
      .min(1, "works for a day at least")
      .max(90, "works for 90 days at most")
      .default(14),
    amounts: z.boolean().default(false),
    /** The contact who confirms and contests by it, and for nobody else; left out, the link only shows. */
    contactId: field.id.optional(),
  }),
  output: z.object({
    statementId: z.string(),
    /** For the page's address; told here and never again. */
    token: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  guard: mayShareStatement,
  tellsOnce: true,
  async run(context, { partnerId, days, amounts, contactId }) {
    const { tx, actor, audit } = context;
    const partner = mustBeItself(await mustHavePartner(context, partnerId));
    const answers = contactId === undefined ? null : await answeredBy(context, partnerId, contactId);
    const [id, token] = [newId("PS"), newToken()];
    const [row] = await tx
      .insert(partnerStatements)
      .values({
        ...{
          id,
          partnerId,
          amounts,
          tokenHash: tokenHash(token),
          sharedBy: actor.userId ?? refuse("", null, "a person shares this, signed in"),
        },
        ...answers,
        expiresAt: sql`now() + make_interval(days => ${days})`,
      })
      .returning();
    const expiresAt = row!.expiresAt.toISOString();
    const after = { partnerId, partner: partner.name, amounts, ...answers, expiresAt };
    audit({ subjectKind: "partner_statement", subjectId: id, dealId: null, before: null, after });
    return { statementId: id, token, expiresAt };
  },
});

/** The contact who answers, as it is written now: a link stays what it was made for. */
async function answeredBy({ tx }: WriteContext, partnerId: string, contactId: string) {
  const [contact] = await tx
    .select()
    .from(partnerContacts)
    .where(and(eq(partnerContacts.id, contactId), eq(partnerContacts.partnerId, partnerId)));
  if (!contact) return refuse("contactId", contactId, "must be a contact of this partner");
  if (!contact.email) return refuse("contactId", contactId, `${contact.name} has no address: enter it first`);
  return { answeredBy: contact.name, answeredFrom: contact.email };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { partnerStatements } from "@/db/schema/partner-statements";
import { newToken, tokenHash } from "@/lib/auth/links";
import { refuse } from "@/lib/errors";
import { mustBeItself, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
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
  }),
  output: z.object({
    statementId: z.string(),
    /** For the page's address; told here and never again. */
    token: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  guard: mayShareStatement,
  tellsOnce: true,
  async run(context, { partnerId, days, amounts }) {
    const { tx, actor, audit } = context;
    const partner = mustBeItself(await mustHavePartner(context, partnerId));
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
        expiresAt: sql`now() + make_interval(days => ${days})`,
      })
      .returning();
    const expiresAt = row!.expiresAt.toISOString();
    const after = { partnerId, partner: partner.name, amounts, expiresAt };
    audit({ subjectKind: "partner_statement", subjectId: id, dealId: null, before: null, after });
    return { statementId: id, token, expiresAt };
  },
});

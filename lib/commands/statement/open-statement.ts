import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { partnerStatements } from "@/db/schema/partner-statements";
import { partners } from "@/db/schema/partners";
import { tokenHash } from "@/lib/auth/links";
import { refuse } from "@/lib/errors";
import { whenceShape } from "../account/whence";
import { defineVerb } from "../verb";
import { mayOpenStatement } from "./guards";

/** Every opening is written down; what the link shows is read by whoever opened it, once this has said which. */
export const openStatement = defineVerb({
  name: "open-statement",
  summary: "Open a partner's statement by its link",
  input: z.strictObject({ token: z.string().max(100), whence: whenceShape }),
  output: z.object({ partnerId: z.string(), amounts: z.boolean(), expiresAt: z.iso.datetime() }),
  guard: mayOpenStatement,
  tellsOnce: true,
  async run({ tx, audit }, { token, whence: { browser, origin } }) {
    const { revokedAt, expiresAt } = partnerStatements;
    const [found] = await tx
      .select({ row: partnerStatements, partner: partners })
      .from(partnerStatements)
      .innerJoin(partners, eq(partners.id, partnerStatements.partnerId))
      .where(
        and(eq(partnerStatements.tokenHash, tokenHash(token)), isNull(revokedAt), gt(expiresAt, sql`now()`)),
      );
    if (!found) return refuse("token", null, "this link was ended, is over, or never was one");
    const { row, partner } = found;
    const after = { partner: partner.name, browser, origin };
    audit({ subjectKind: "partner_statement", subjectId: row.id, dealId: null, before: null, after });
    // A record that became another one since: the link shows the partner that it is now.
    const partnerId = partner.mergedInto ?? partner.id;
    return { partnerId, amounts: row.amounts, expiresAt: row.expiresAt.toISOString() };
  },
});

import { z } from "zod";
import { whenceShape } from "../account/whence";
import { defineVerb } from "../verb";
import { mayOpenStatement } from "./guards";
import { openedLink } from "./link";

/** Every opening is written down; what the link shows is read by whoever opened it, once this has said which. */
export const openStatement = defineVerb({
  name: "open-statement",
  summary: "Open a partner's statement by its link",
  input: z.strictObject({ token: z.string().max(100), whence: whenceShape }),
  output: z.object({
    statementId: z.string(),
    partnerId: z.string(),
    amounts: z.boolean(),
    expiresAt: z.iso.datetime(),
  }),
  guard: mayOpenStatement,
  tellsOnce: true,
  async run(context, { token, whence: { browser, origin } }) {
    const { row, partner } = await openedLink(context, token);
    const after = { partner: partner.name, browser, origin };
    context.audit({ subjectKind: "partner_statement", subjectId: row.id, dealId: null, before: null, after });
    const { id: statementId, amounts, expiresAt } = row;
    return { statementId, partnerId: partner.id, amounts, expiresAt: expiresAt.toISOString() };
  },
});

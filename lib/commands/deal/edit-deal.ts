import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import { mustHaveAccount } from "../customer/load";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { described } from "./described";
import { locks, mayEditDeal } from "./guards";
import { type DealRow, lockDeal } from "./load";

export const editDeal = defineVerb({
  name: "edit-deal",
  summary: "Correct what a deal says about itself",
  input: z.strictObject({
    dealId: field.id,
    version: field.version.optional(),
    changes: z
      .strictObject({
        account: field.line(200),
        owner: field.line(200),
        amount: field.amount,
        type: field.dealType,
        route: field.route,
        firstEngagedOn: field.day.nullable(),
        /** Instead of the account's name: the account itself. */
        accountId: field.id,
        ...described,
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ dealId: z.string() }),
  guard: mayEditDeal,
  subject: async (context, { dealId, version, changes }) => ({
    deal: await lockDeal(context, dealId, version),
    locks: locks(Object.keys(changes)),
  }),
  stands: ({ deal }) => deal,
  async run(context, { dealId, changes }, { deal: before }) {
    const { tx, today, audit, touch } = context;
    if (changes.accountId) await mustHaveAccount(context, changes.accountId);
    if (changes.firstEngagedOn && changes.firstEngagedOn > today) {
      refuse("changes.firstEngagedOn", changes.firstEngagedOn, "must not be in the future");
    }
    await mustNotFree(context, before, changes.firstEngagedOn);
    const [after] = await tx.update(deals).set(changes).where(eq(deals.id, dealId)).returning();
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after });
    touch(dealId);
    return { dealId };
  },
});

/**
 * What our own team did first keeps a partner from having brought the deal (§4 net new). Once a partner is on it, one hand
 * says it earlier, and never later or not at all: that would raise credit which two stand behind (§9).
 */
async function mustNotFree(
  { tx }: WriteContext,
  { id, firstEngagedOn: was }: DealRow,
  is: string | null | undefined,
): Promise<void> {
  if (is === undefined || was === null || (is !== null && is <= was)) return;
  const [named] = await tx.execute<{ id: string }>(sql`
    select partner_id as id from role_rows where deal_id = ${id} and refused_on is null
    union all select partner_id from registrations where deal_id = ${id}
    union all select partner_id from activities where deal_id = ${id} limit 1`);
  if (named)
    refuse(
      "changes.firstEngagedOn",
      is,
      `must not be after ${dayInWords(was)} while a partner is on the deal: what our own team did first, the CRM takes back`,
    );
}

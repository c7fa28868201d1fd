import { eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { refuse } from "@/lib/errors";
import { mustHaveAccount } from "../customer/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { described } from "./described";
import { locks, mayEditDeal } from "./guards";
import { lockDeal } from "./load";

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
    const [after] = await tx.update(deals).set(changes).where(eq(deals.id, dealId)).returning();
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after });
    touch(dealId);
    return { dealId };
  },
});

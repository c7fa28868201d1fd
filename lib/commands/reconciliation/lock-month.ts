import { sql } from "drizzle-orm";
import { z } from "zod";
import { lockedMonths } from "@/db/schema/reconciliation";
import { countClosedDeals } from "@/lib/reconciling/closed-deals";
import { confirmedShares, undecidedIn } from "@/lib/reconciling/counts";
import { defineVerb } from "../verb";
import { mayLockMonth } from "./guards";
import { lockMonthRow, month } from "./load";

export const lockMonth = defineVerb({
  name: "lock-month",
  summary: "Lock a month whose closed deals are all decided",
  input: z.strictObject({ month }),
  output: z.object({ month: z.string() }),
  guard: mayLockMonth,
  timeoutMs: 120_000,
  subject: async (context, { month: one }) => {
    const standing = await lockMonthRow(context, one);
    const within = sql`d.closed_on between ${one.from}::date and ${one.to}::date`;
    const closed = await countClosedDeals(context.tx, context.today, within);
    return {
      ...standing,
      ...{ ended: one.to < context.today, closed: closed.length, undecided: undecidedIn(closed) },
      demo: closed.every(({ demo }) => demo),
      shares: confirmedShares(closed),
    };
  },
  async run({ tx, actor, today, audit }, { month: { month: label } }, { shares: { won, lost } }) {
    const [after] = await tx
      .insert(lockedMonths)
      .values({
        ...{ month: label, lockedOn: today, lockedBy: actor.userId! },
        ...{ won: won.closed, wonConfirmed: won.confirmed, lost: lost.closed, lostConfirmed: lost.confirmed },
      })
      .returning();
    audit({ subjectKind: "month", subjectId: label, dealId: null, before: null, after });
    return { month: label };
  },
});

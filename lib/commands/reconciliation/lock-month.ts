import { z } from "zod";
import { lockedMonths } from "@/db/schema/reconciliation";
import { judgeStale } from "@/lib/judging/judge";
import {
  confirmedShares,
  countAll,
  countMonth,
  countStates,
  isDemoMonth,
} from "@/lib/reconciling/month-counts";
import { defineVerb } from "../verb";
import { mayLockMonth } from "./guards";
import { lockMonthRow, month } from "./load";

export const lockMonth = defineVerb({
  name: "lock-month",
  summary: "Lock a month whose closed deals are all decided",
  input: z.strictObject({ month }),
  output: z.object({ month: z.string() }),
  guard: mayLockMonth,
  // What time alone has changed by today is counted as it is.
  prepare: async ({ client, today }) => void (await judgeStale(client, today)),
  subject: async (context, { month: one }) => {
    const standing = await lockMonthRow(context, one);
    const counted = await countMonth(context.tx, one);
    return {
      ...{ ...standing, ended: one.to < context.today, closed: countAll(counted) },
      undecided: countStates(counted).undecided,
      demo: await isDemoMonth(context.tx, one),
      shares: confirmedShares(counted),
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

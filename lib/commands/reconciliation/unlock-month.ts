import { eq } from "drizzle-orm";
import { z } from "zod";
import { lockedMonths } from "@/db/schema/reconciliation";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayUnlockMonth } from "./guards";
import { lockMonthRow, month } from "./load";

export const unlockMonth = defineVerb({
  name: "unlock-month",
  summary: "Open a locked month again, with the reason",
  input: z.strictObject({ month, reason: field.line(2000) }),
  output: z.object({ month: z.string() }),
  guard: mayUnlockMonth,
  subject: (context, { month: one }) => lockMonthRow(context, one),
  async run({ tx, audit }, { month: { month: label }, reason }) {
    const [before] = await tx.delete(lockedMonths).where(eq(lockedMonths.month, label)).returning();
    audit({ subjectKind: "month", subjectId: label, dealId: null, before, after: { reason } });
    return { month: label };
  },
});

import { eq } from "drizzle-orm";
import { z } from "zod";
import { roleRows } from "@/db/schema/facts";
import { lockRole } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayWithdrawRole } from "./guards";

export const withdrawRole = defineVerb({
  name: "withdraw-role",
  summary: "Take a role row off a deal",
  input: z.strictObject({ rowId: field.id }),
  output: z.object({ rowId: z.string() }),
  guard: mayWithdrawRole,
  subject: (context, { rowId }) => lockRole(context, rowId),
  async run({ tx, audit, touch }, { rowId }, { row, deal }) {
    await tx.delete(roleRows).where(eq(roleRows.id, rowId));
    audit({ subjectKind: "role_row", subjectId: rowId, dealId: deal.id, before: row, after: null });
    touch(deal.id);
    return { rowId };
  },
});

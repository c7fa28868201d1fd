import { eq } from "drizzle-orm";
import { z } from "zod";
import { roleRows } from "@/db/schema/facts";
import { lockRole } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayRefuseRole } from "./guards";

export const refuseRole = defineVerb({
  name: "refuse-role",
  summary: "Refuse a proposed role row as the deal's AE, with the reason",
  input: z.strictObject({ rowId: field.id, reason: field.line(500) }),
  output: z.object({ rowId: z.string() }),
  guard: mayRefuseRole,
  subject: (context, { rowId }) => lockRole(context, rowId),
  async run({ tx, actor, today, audit, touch }, { rowId, reason }, { row, deal }) {
    const [after] = await tx
      .update(roleRows)
      .set({ refusedOn: today, refusedBy: actor.userId, refusedReason: reason })
      .where(eq(roleRows.id, rowId))
      .returning();
    audit({ subjectKind: "role_row", subjectId: rowId, dealId: deal.id, before: row, after });
    touch(deal.id);
    return { rowId };
  },
});

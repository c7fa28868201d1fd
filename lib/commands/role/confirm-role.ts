import { eq } from "drizzle-orm";
import { z } from "zod";
import { roleRows } from "@/db/schema/facts";
import { lockRole } from "../deal/load";
import * as field from "../input";
import { inTheirMonths } from "../reconciliation/load";
import { defineVerb } from "../verb";
import { mayConfirmRole } from "./guards";

export const confirmRole = defineVerb({
  name: "confirm-role",
  summary: "Confirm a role row as the deal's AE",
  input: z.strictObject({ rowId: field.id }),
  output: z.object({ rowId: z.string() }),
  guard: mayConfirmRole,
  subject: async (context, { rowId }) => {
    const { row, deal } = await lockRole(context, rowId);
    return { row, deal: (await inTheirMonths(context, [deal]))[0]! };
  },
  async run({ tx, actor, today, audit, touch }, { rowId }, { row, deal }) {
    const [after] = await tx
      .update(roleRows)
      .set({ confirmedOn: today, confirmedBy: actor.userId })
      .where(eq(roleRows.id, rowId))
      .returning();
    audit({ subjectKind: "role_row", subjectId: rowId, dealId: deal.id, before: row, after });
    touch(deal.id);
    return { rowId };
  },
});

import { eq } from "drizzle-orm";
import { z } from "zod";
import { roleRows } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { lockRole, ownDeal } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";

export const confirmRole = defineVerb({
  name: "confirm-role",
  summary: "Confirm a role row as the deal's AE",
  input: z.strictObject({ rowId: field.id }),
  output: z.object({ rowId: z.string() }),
  may: "role.confirm",
  own: async (context, { rowId }) =>
    ownDeal(
      context.actor,
      (await lockRole(context, rowId)).deal,
      "confirms a role row: self-reported attribution is what finance rejects",
    ),
  async run(context, { rowId }) {
    const { tx, actor, today, audit, touch } = context;
    const { row, deal } = await lockRole(context, rowId);
    if (row.confirmedOn) refuse("rowId", rowId, `was confirmed on ${row.confirmedOn} already`);
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

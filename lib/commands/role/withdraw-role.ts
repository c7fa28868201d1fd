import { eq } from "drizzle-orm";
import { z } from "zod";
import { roleRows } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { lockRole } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { ownRole } from "./edit-role";

export const withdrawRole = defineVerb({
  name: "withdraw-role",
  summary: "Take a role row off a deal",
  input: z.strictObject({ rowId: field.id }),
  output: z.object({ rowId: z.string() }),
  may: "role.change",
  own: (context, { rowId }) => ownRole(context, rowId),
  async run(context, { rowId }) {
    const { tx, audit, touch } = context;
    const { row, deal } = await lockRole(context, rowId);
    if (deal.outcome !== "open" && row.recordedOn <= deal.closedOn!) {
      refuse("rowId", rowId, `the deal was ${deal.outcome} on ${deal.closedOn}: its role table is locked`);
    }
    await tx.delete(roleRows).where(eq(roleRows.id, rowId));
    audit({ subjectKind: "role_row", subjectId: rowId, dealId: deal.id, before: row, after: null });
    touch(deal.id);
    return { rowId };
  },
});

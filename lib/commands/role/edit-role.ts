import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import { roleRows } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { isOwnDeal, lockRole } from "../deal/load";
import * as field from "../input";
import { defineVerb, type Ownership, type WriteContext } from "../verb";

/** A partner manager may change the rows they recorded, an AE the rows of their own deal. */
export async function ownRole(context: WriteContext, rowId: string): Promise<Ownership> {
  const { row, deal } = await lockRole(context, rowId);
  const { actor } = context;
  return {
    owns:
      actor.role === "ae"
        ? isOwnDeal(actor, deal)
        : row.recordedBy !== null && row.recordedBy === actor.userId,
    because: `A role row is changed by the deal's own AE, ${deal.owner}, by whoever recorded it, or by an admin`,
  };
}

export const editRole = defineVerb({
  name: "edit-role",
  summary: "Correct a role row",
  input: z.strictObject({
    rowId: field.id,
    /** Of the deal, as the editor saw it. */
    version: field.version.optional(),
    changes: z
      .strictObject({
        role: field.role,
        touchStage: field.stage,
        touchedOn: field.day,
        contact: field.line(200).nullable(),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ rowId: z.string(), confirmed: z.boolean() }),
  may: "role.change",
  own: (context, { rowId }) => ownRole(context, rowId),
  async run(context, { rowId, version, changes }) {
    const { tx, actor, today, audit, touch } = context;
    const { row, deal } = await lockRole(context, rowId, version);
    const claims = changes.role ?? changes.touchStage ?? changes.touchedOn;
    if (deal.outcome !== "open" && claims !== undefined) {
      refuse("rowId", rowId, `the deal was ${deal.outcome} on ${deal.closedOn}: its role table is locked`);
    }
    if (changes.touchedOn && changes.touchedOn > row.recordedOn) {
      refuse(
        "changes.touchedOn",
        changes.touchedOn,
        `must not be after ${row.recordedOn}, the day it was recorded`,
      );
    }
    if (changes.role) {
      const twin = await tx
        .select({ id: roleRows.id })
        .from(roleRows)
        .where(
          and(
            eq(roleRows.dealId, deal.id),
            eq(roleRows.partnerId, row.partnerId),
            eq(roleRows.role, changes.role),
            ne(roleRows.id, rowId),
          ),
        );
      if (twin.length > 0)
        refuse("changes.role", changes.role, "the partner holds this role on the deal already");
    }
    // A changed claim is another claim: only the AE's own hand keeps it confirmed.
    const isAe = actor.role === "ae" && isOwnDeal(actor, deal);
    const confirmation =
      claims === undefined
        ? {}
        : isAe
          ? { confirmedOn: today, confirmedBy: actor.userId }
          : { confirmedOn: null, confirmedBy: null };
    const [after] = await tx
      .update(roleRows)
      .set({ ...changes, ...confirmation })
      .where(eq(roleRows.id, rowId))
      .returning();
    audit({ subjectKind: "role_row", subjectId: rowId, dealId: deal.id, before: row, after });
    touch(deal.id);
    return { rowId, confirmed: after!.confirmedOn !== null };
  },
});

import { eq } from "drizzle-orm";
import { z } from "zod";
import { roleRows } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import { isOwnDeal } from "../deal/guards";
import { lockRole, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayEditRole } from "./guards";
import { rowWaits } from "./role-row";

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
  guard: mayEditRole,
  subject: async (context, { rowId, version, changes }) => ({
    ...(await lockRole(context, rowId, version)),
    rewrites: (changes.role ?? changes.touchStage ?? changes.touchedOn) !== undefined,
  }),
  // One that was refused is proposed anew, though nothing else of it is said.
  stands: ({ row }) => (row.refusedOn === null ? row : {}),
  async run(context, { rowId, changes }, { row, beside, deal, rewrites }) {
    const { tx, actor, today, audit, touch, tell } = context;
    if (changes.touchedOn && changes.touchedOn > row.recordedOn) {
      refuse(
        "changes.touchedOn",
        changes.touchedOn,
        `must not be after ${dayInWords(row.recordedOn)}, the day it was recorded`,
      );
    }
    const held = beside.some(({ partnerId, role }) => partnerId === row.partnerId && role === changes.role);
    if (held) refuse("changes.role", changes.role, "the partner holds this role on the deal already");
    // A changed claim is another claim, of whoever changed it: only the AE's own hand keeps it confirmed, and then
    // it is the AE's word alone. One that was refused is proposed anew.
    const isAe = actor.role === "ae" && isOwnDeal(actor, deal);
    const anew = {
      changedBy: actor.userId,
      source: null,
      refusedOn: null,
      refusedBy: null,
      refusedReason: null,
    };
    const confirmation = !rewrites
      ? {}
      : isAe
        ? { ...anew, confirmedOn: today, confirmedBy: actor.userId }
        : { ...anew, confirmedOn: null, confirmedBy: null };
    const [after] = await tx
      .update(roleRows)
      .set({ ...changes, ...confirmation })
      .where(eq(roleRows.id, rowId))
      .returning();
    audit({ subjectKind: "role_row", subjectId: rowId, dealId: deal.id, before: row, after });
    touch(deal.id);
    if (row.confirmedOn !== null && after!.confirmedOn === null)
      tell(rowWaits({ deal, role: after!.role, partner: await mustHavePartner(context, row.partnerId) }));
    return { rowId, confirmed: after!.confirmedOn !== null };
  },
});

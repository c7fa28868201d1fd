import { eq } from "drizzle-orm";
import { z } from "zod";
import { restatements } from "@/db/schema/reviews";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayDeclineRestatement } from "./guards";
import { restatementSubject } from "./restatement";

export const declineRestatement = defineVerb({
  name: "decline-restatement",
  summary: "Decline a restatement, or take back one's own",
  input: z.strictObject({ restatementId: field.id, reason: field.line(2000) }),
  output: z.object({ restatementId: z.string() }),
  guard: mayDeclineRestatement,
  subject: (context, { restatementId }) => restatementSubject(context, restatementId),
  async run({ tx, actor, today, audit }, { restatementId, reason }, { row }) {
    const [after] = await tx
      .update(restatements)
      .set({ declinedBy: actor.userId!, declinedOn: today, declinedReason: reason })
      .where(eq(restatements.id, restatementId))
      .returning();
    audit({ subjectKind: "restatement", subjectId: restatementId, dealId: row.dealId, before: row, after });
    return { restatementId };
  },
});

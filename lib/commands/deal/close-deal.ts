import { inArray } from "drizzle-orm";
import { z } from "zod";
import { roleRows } from "@/db/schema/facts";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { frozenWords } from "@/lib/sealing/refuse-deals";
import { dayInWords } from "@/lib/text/days";
import * as field from "../input";
import { mustMay } from "../must-may";
import { mayConfirmRole } from "../role/guards";
import { defineVerb, type WriteContext } from "../verb";
import { mayCloseDeal, mayConfirmNoPartner } from "./guards";
import { type DealRow, lockScene, type RoleRowRow } from "./load";

export const closeDeal = defineVerb({
  name: "close-deal",
  summary: "Close a deal, won or lost",
  input: z.strictObject({
    dealId: field.id,
    version: field.version.optional(),
    outcome: z.enum(["won", "lost"], { error: "must be won or lost" }),
    closedOn: field.day.optional(),
    /**
     * Who was involved, answered in the same write (§8.3): these, which confirms every row that waits, or none; as
     * it stands when left out.
     */
    involved: z.enum(["these", "none"], { error: "must be these or none" }).optional(),
  }),
  output: z.object({ dealId: z.string() }),
  guard: mayCloseDeal,
  subject: async (context, { dealId, version, outcome, involved, closedOn = context.today }) => {
    const { deal, roles, frozen } = await lockScene(context, dealId, { version, closedOn });
    const { today } = context;
    // What the guard asks about is how the deal stands once the question is answered.
    const confirmed = roles.map((row) => ({ ...row, confirmedOn: row.confirmedOn ?? today }));
    return {
      ...{ deal, frozen, roles, as: outcome },
      rows: involved === "these" ? confirmed : roles,
      noPartnerOn: involved === "none" ? today : deal.noPartnerOn,
    };
  },
  async run(
    context,
    { dealId, outcome, involved, closedOn = context.today },
    { deal: before, roles, frozen },
  ) {
    const { today, audit, touch } = context;
    if (closedOn > today) refuse("closedOn", closedOn, "must not be in the future");
    if (closedOn < before.createdOn)
      refuse("closedOn", closedOn, `must not be before ${dayInWords(before.createdOn)}, its creation`);
    if (frozen) refuse("closedOn", closedOn, frozenWords(frozen));
    await mustNotChooseMemo(context, closedOn);
    if (involved === "these") await confirmAll(context, before, roles);
    const closed = { outcome, closedOn, ...(involved === "none" && nobody(context, before, roles)) };
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after: { ...before, ...closed } });
    touch(dealId, closed);
    return { dealId };
  },
});

/** A close is judged by the memo of its day (§5), and no one hand chooses between two that people signed (§8.3). */
async function mustNotChooseMemo({ policies, today }: WriteContext, closedOn: Day): Promise<void> {
  if (closedOn === today) return;
  const book = await policies();
  const [then, now] = [book.onDay(closedOn).signed, book.onDay(today).signed];
  if (!then || !now || then.policyId === now.policyId) return;
  refuse(
    "closedOn",
    closedOn,
    `is a day of “${then.title}”, the memo before the one in force: close it on ${dayInWords(now.activeFrom)} or later, then propose a correction of its day, which finance accepts`,
  );
}

/** Confirms the rows that wait, as `confirm-role` would each. */
async function confirmAll(context: WriteContext, deal: DealRow, roles: readonly RoleRowRow[]): Promise<void> {
  const { tx, actor, today, audit } = context;
  const waiting = roles.filter(({ confirmedOn, refusedOn }) => confirmedOn === null && refusedOn === null);
  for (const row of waiting) mustMay(mayConfirmRole, actor, { deal, row });
  if (waiting.length === 0) return;
  const ids = waiting.map(({ id }) => id);
  const rows = await tx
    .update(roleRows)
    .set({ confirmedOn: today, confirmedBy: actor.userId })
    .where(inArray(roleRows.id, ids))
    .returning();
  const after = new Map(rows.map((row) => [row.id, row]));
  for (const row of waiting)
    audit({
      ...{ subjectKind: "role_row", subjectId: row.id, dealId: deal.id },
      ...{ before: row, after: after.get(row.id) },
    });
}

/** Says that no partner was involved, as `confirm-no-partner` would. */
function nobody({ actor, today }: WriteContext, deal: DealRow, rows: readonly RoleRowRow[]) {
  mustMay(mayConfirmNoPartner, actor, { deal, rows });
  return { noPartnerOn: today, noPartnerBy: actor.userId };
}

import { eq } from "drizzle-orm";
import { deals } from "@/db/schema/deals";
import { roleRows } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import type { WriteContext } from "../verb";
import type { DealRow } from "./load";

/** Records on a locked deal that no partner was involved (domain.md §8.3). Refuses while a role row names one. */
export async function sayNoPartner(context: WriteContext, before: DealRow): Promise<void> {
  const { tx, actor, today, audit, touch } = context;
  const dealId = before.id;
  const rows = await tx.select({ id: roleRows.id }).from(roleRows).where(eq(roleRows.dealId, dealId));
  if (rows.length > 0) {
    refuse(
      "dealId",
      dealId,
      `${rows.length} role row(s) name a partner; withdraw them first, or confirm them`,
    );
  }
  if (!actor.userId) refuse("actor", actor.name, "a person confirms this, signed in");
  const [after] = await tx
    .update(deals)
    .set({ noPartnerOn: today, noPartnerBy: actor.userId })
    .where(eq(deals.id, dealId))
    .returning();
  audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after });
  touch(dealId);
}

import { and, eq } from "drizzle-orm";
import { rememberParent } from "@/db/interchange";
import { dealsOfFamilies } from "@/db/named-on-deals";
import { partnerPrograms, partners } from "@/db/schema/partners";
import { checkAncestry } from "@/lib/attribution/field-rules";
import { refuse } from "@/lib/errors";
import { mustBeItself, mustHavePartner } from "../deal/load";
import type { WriteContext } from "../verb";

export type PartnerRow = typeof partners.$inferSelect;
export type PartnerChanges = Partial<Pick<PartnerRow, "name" | "kind" | "parentId" | "ownerId">>;

/** Changes a locked partner, and touches the deals that are judged by whose part it is. */
export async function changePartner(
  context: WriteContext,
  before: PartnerRow,
  changes: PartnerChanges,
): Promise<void> {
  const { tx, today, audit, touch } = context;
  const partnerId = mustBeItself(before).id;
  if (changes.parentId) {
    mustBeItself(await mustHavePartner(context, changes.parentId));
    const all = await tx.select({ id: partners.id, parentId: partners.parentId }).from(partners);
    const parents = new Map(all.map((partner) => [partner.id, partner.parentId]));
    checkAncestry("changes.parentId", partnerId, changes.parentId, (id) => parents.get(id) ?? null);
  }
  if (changes.ownerId) await mustHaveGrantedNone(context, partnerId, changes.ownerId);
  const [after] = await tx.update(partners).set(changes).where(eq(partners.id, partnerId)).returning();
  audit({ subjectKind: "partner", subjectId: partnerId, dealId: null, before, after });
  // Parents are read when its deals are judged (§6 partner_of_partner), each by the day of its own.
  if (changes.parentId !== undefined && changes.parentId !== before.parentId) {
    await rememberParent(tx, before, today);
    for (const dealId of await dealsOfFamilies(tx, [partnerId])) touch(dealId);
  }
}

/** Nobody looks after a partner whose programs they granted: what is not granted to an own partner is not by a detour. */
async function mustHaveGrantedNone({ tx }: WriteContext, partnerId: string, ownerId: string): Promise<void> {
  const [granted] = await tx
    .select({ name: partnerPrograms.name })
    .from(partnerPrograms)
    .where(and(eq(partnerPrograms.partnerId, partnerId), eq(partnerPrograms.grantedBy, ownerId)))
    .limit(1);
  if (granted)
    refuse("changes.ownerId", ownerId, `granted its program ${granted.name}: somebody else looks after it`);
}

import { eq } from "drizzle-orm";
import { deals } from "@/db/schema/deals";
import type { WriteContext } from "../verb";
import type { DealRow } from "./load";

/** Records on a locked deal that no partner was involved (domain.md §8.3). */
export async function sayNoPartner(context: WriteContext, before: DealRow): Promise<void> {
  const { tx, actor, today, audit, touch } = context;
  const said = { noPartnerOn: today, noPartnerBy: actor.userId };
  await tx.update(deals).set(said).where(eq(deals.id, before.id));
  const entry = { subjectKind: "deal", subjectId: before.id, dealId: before.id };
  audit({ ...entry, before, after: { ...before, ...said } });
  touch(before.id);
}

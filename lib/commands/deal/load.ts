import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import { deals, stageEntries } from "@/db/schema/deals";
import { activities, registrations, roleRows } from "@/db/schema/facts";
import { partners } from "@/db/schema/partners";
import { users } from "@/db/schema/people";
import { Refusal } from "@/lib/errors";
import type { WriteContext } from "../verb";

export type DealRow = typeof deals.$inferSelect;
export type RoleRowRow = typeof roleRows.$inferSelect;
export type RegistrationRow = typeof registrations.$inferSelect;
export type ActivityRow = typeof activities.$inferSelect;

function notFound(field: string, value: string, what: string): never {
  throw new Refusal({ code: "not_found", field, value, rule: `there is no ${what} with this id` });
}

/**
 * Locks a deal for the rest of the transaction, so that writes to one deal come one after another.
 * With a version, refuses an edit that was made on an older one and shows what stands now.
 */
export async function lockDeal({ tx }: WriteContext, dealId: string, version?: number): Promise<DealRow> {
  const [deal] = await tx.select().from(deals).where(eq(deals.id, dealId)).for("update");
  if (!deal) notFound("dealId", dealId, "deal");
  if (version !== undefined && version !== deal.version) {
    throw new Refusal({
      code: "conflict",
      field: "version",
      value: { yours: version, now: deal },
      rule: "somebody changed this deal after you opened it; look at what stands now and try again",
    });
  }
  return deal;
}

/** Locks a deal that may be gone: null then. */
export async function findDeal({ tx }: WriteContext, dealId: string): Promise<DealRow | null> {
  const [deal] = await tx.select().from(deals).where(eq(deals.id, dealId)).for("update");
  return deal ?? null;
}

/** A role row together with its locked deal; with the deal's version, a conflict as `lockDeal` tells it. */
export async function lockRole(
  context: WriteContext,
  rowId: string,
  version?: number,
): Promise<{ row: RoleRowRow; deal: DealRow }> {
  const found = await context.tx.select().from(roleRows).where(eq(roleRows.id, rowId));
  if (!found[0]) notFound("rowId", rowId, "role row");
  const deal = await lockDeal(context, found[0].dealId, version);
  const [row] = await context.tx.select().from(roleRows).where(eq(roleRows.id, rowId));
  if (!row) notFound("rowId", rowId, "role row");
  return { row, deal };
}

/** The role tables of locked deals. */
export function roleRowsOf({ tx }: WriteContext, dealIds: readonly string[]): Promise<RoleRowRow[]> {
  return tx
    .select()
    .from(roleRows)
    .where(inArray(roleRows.dealId, [...dealIds]));
}

/** An activity together with its locked deal; with the deal's version, a conflict as `lockDeal` tells it. */
export async function lockActivity(
  context: WriteContext,
  activityId: string,
  version?: number,
): Promise<{ activity: ActivityRow; deal: DealRow }> {
  const found = await context.tx.select().from(activities).where(eq(activities.id, activityId));
  if (!found[0]) notFound("activityId", activityId, "activity");
  const deal = await lockDeal(context, found[0].dealId, version);
  const [activity] = await context.tx.select().from(activities).where(eq(activities.id, activityId));
  if (!activity) notFound("activityId", activityId, "activity");
  return { activity, deal };
}

/** A registration together with its locked deal. */
export async function lockRegistration(
  context: WriteContext,
  registrationId: string,
): Promise<{ registration: RegistrationRow; deal: DealRow }> {
  const { tx } = context;
  const found = await tx.select().from(registrations).where(eq(registrations.id, registrationId));
  if (!found[0]) notFound("registrationId", registrationId, "registration");
  const deal = await lockDeal(context, found[0].dealId);
  const [registration] = await tx.select().from(registrations).where(eq(registrations.id, registrationId));
  if (!registration) notFound("registrationId", registrationId, "registration");
  return { registration, deal };
}

/** A partner, locked when it is about to change. */
export async function mustHavePartner({ tx }: WriteContext, partnerId: string, lock?: "update") {
  const found = tx.select().from(partners).where(eq(partners.id, partnerId));
  const [partner] = await (lock ? found.for(lock) : found);
  if (!partner) notFound("partnerId", partnerId, "partner");
  return partner;
}

/** Somebody who has access. */
export async function mustHaveUser({ tx }: WriteContext, field: string, userId: string) {
  const [user] = await tx
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  if (!user) notFound(field, userId, "person with access");
  return user;
}

/** The deal's stage on a day: the last one entered on or before it, 0 before the first (§4). */
export async function stageOn({ tx }: WriteContext, dealId: string, day: string): Promise<number> {
  const entries = await tx
    .select()
    .from(stageEntries)
    .where(eq(stageEntries.dealId, dealId))
    .orderBy(asc(stageEntries.seq));
  return entries.filter((entry) => entry.enteredOn <= day).at(-1)?.stage ?? 0;
}

/** Remembers that a deal entered a stage on a day. */
export async function enterStage(
  { tx, audit }: WriteContext,
  dealId: string,
  stage: number,
  enteredOn: string,
): Promise<void> {
  const [last] = await tx
    .select()
    .from(stageEntries)
    .where(eq(stageEntries.dealId, dealId))
    .orderBy(desc(stageEntries.seq))
    .limit(1);
  const entry = { dealId, seq: (last?.seq ?? 0) + 1, stage, enteredOn };
  await tx.insert(stageEntries).values(entry);
  audit({
    subjectKind: "stage_entry",
    subjectId: `${dealId}#${entry.seq}`,
    dealId,
    before: null,
    after: entry,
  });
}

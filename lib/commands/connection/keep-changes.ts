import { inArray } from "drizzle-orm";
import { lockDeals } from "@/db/interchange";
import { dealChanges } from "@/db/schema/connections";
import { deals } from "@/db/schema/deals";
import type { Day } from "@/lib/attribution/facts";
import type { DealChange } from "@/lib/interchange/deal-change";
import type { WriteContext } from "../verb";

/**
 * Keeps what a CRM's history tells of deals, each change once. A deal of which it tells that it was changed after its
 * close is amended on the last such day (domain.md §2). Returns how many changes are new.
 */
export async function keepChanges(
  context: WriteContext,
  connectionId: string,
  changes: readonly DealChange[],
): Promise<number> {
  if (changes.length === 0) return 0;
  const rows = changes.map(({ amends: _, at, ...change }) => ({ ...change, connectionId, at: new Date(at) }));
  const added = await context.tx
    .insert(dealChanges)
    .values(rows)
    .onConflictDoNothing()
    .returning({ key: dealChanges.key });
  await amend(context, changes);
  return added.length;
}

async function amend({ tx, audit, touch }: WriteContext, changes: readonly DealChange[]): Promise<void> {
  const last = new Map<string, Day>();
  for (const { dealId, amends } of changes)
    if (amends !== null && amends > (last.get(dealId) ?? "")) last.set(dealId, amends);
  if (last.size === 0) return;
  await lockDeals(tx, [...last.keys()]);
  const closed = await tx
    .select({ id: deals.id, closedOn: deals.closedOn, amendedOn: deals.amendedOn })
    .from(deals)
    .where(inArray(deals.id, [...last.keys()]));
  for (const { id, closedOn, amendedOn } of closed) {
    const day = last.get(id)!;
    if (closedOn === null || day < closedOn || (amendedOn !== null && amendedOn >= day)) continue;
    const [before, after] = [{ amendedOn }, { amendedOn: day }];
    audit({ subjectKind: "deal", subjectId: id, dealId: id, before, after });
    touch(id, after);
  }
}

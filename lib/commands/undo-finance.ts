import { and, eq, sql } from "drizzle-orm";
import { costShares, costs, rates } from "@/db/schema/finance";
import { sumMinor } from "@/lib/money";
import { type Entry, mustMayBack, mustStandAsLeft, noteBack, sidesOf } from "./entry-back";
import { mayRecordCost, mayRecordRate } from "./finance/guards";
import { maySay } from "./guard";
import type { WriteContext } from "./verb";

type Cost = typeof costs.$inferSelect;
type Rate = typeof rates.$inferSelect;

/** A cost as it was; one that was not there goes, and is missing again where it is not said to be none. */
export async function costBack(context: WriteContext, entry: Entry): Promise<void> {
  const { tx, actor } = context;
  const { before, after } = sidesOf(entry) as { before: Cost | null; after: Cost | null };
  mustMayBack(maySay(mayRecordCost, actor, undefined));
  const { quarter, side, category, currency } = (after ?? before)!;
  const its = (table: typeof costs | typeof costShares) =>
    and(
      eq(table.quarter, quarter),
      eq(table.side, side),
      eq(table.category, category),
      eq(table.currency, currency),
    );
  const [now] = await tx.select().from(costs).where(its(costs)).for("update");
  mustStandAsLeft(entry, now);
  const shares = await tx.select({ amount: costShares.amount }).from(costShares).where(its(costShares));
  const isShared = sumMinor(shares.map(({ amount }) => amount)) > (before?.amount ?? 0);
  mustMayBack(!isShared || "Partners are said to have got more of it since than it was");
  if (before) {
    const { amount, evidence, enteredBy, enteredOn } = before;
    await tx.update(costs).set({ amount, evidence, enteredBy, enteredOn }).where(its(costs));
  } else await tx.delete(costs).where(its(costs));
  noteBack(context, entry, now ?? null, before);
}

export async function rateBack(context: WriteContext, entry: Entry): Promise<void> {
  const { tx, actor } = context;
  const { before, after } = sidesOf(entry) as { before: Rate | null; after: Rate | null };
  mustMayBack(maySay(mayRecordRate, actor, undefined));
  const { quarter, currency, rate: left } = (after ?? before)!;
  const its = and(eq(rates.quarter, quarter), eq(rates.currency, currency));
  const same = sql<boolean>`${rates.rate} = ${left}::numeric`;
  const [now] = await tx
    .select({ quarter: rates.quarter, currency: rates.currency, rate: rates.rate, same })
    .from(rates)
    .where(its)
    .for("update");
  // Kept with all its digits, it is written as it was typed.
  mustStandAsLeft(entry, now && { ...now, rate: now.same ? left : now.rate });
  if (before) await tx.update(rates).set({ rate: before.rate }).where(its);
  else await tx.delete(rates).where(its);
  noteBack(context, entry, after, before);
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { lockedAmong, type Month, monthAt, monthOf, standingOf } from "@/lib/reconciling/months";
import type { GuardedDeal } from "../deal/guards";
import type { WriteContext } from "../verb";
import type { OfMonth } from "./guards";

/** A calendar month in an input. */
export const month = z
  .string({ error: "must be a month" })
  .regex(/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/, "a month is written YYYY-MM")
  .transform(monthOf);

/** Deals as the guards of a late answer ask about them: with whether the month of their close is locked. */
export async function inTheirMonths<D extends Pick<GuardedDeal, "closedOn">>(
  { tx }: WriteContext,
  deals: readonly D[],
): Promise<(D & { monthLocked: boolean })[]> {
  const months = [
    ...new Set(deals.flatMap(({ closedOn }) => (closedOn === null ? [] : [monthAt(closedOn).month]))),
  ];
  const locked = months.length > 0 ? await lockedAmong(tx, months) : new Set<string>();
  return deals.map((deal) => ({
    ...deal,
    monthLocked: deal.closedOn !== null && locked.has(monthAt(deal.closedOn).month),
  }));
}

/** Whoever locks, unlocks or decides in a month waits for whoever is at it, and then sees what they did. */
export async function lockMonthRow({ tx }: WriteContext, one: Month): Promise<OfMonth> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`month ${one.month}`}))`);
  const { locked, frozen } = await standingOf(tx, one);
  return { month: one.month, locked: locked !== null, frozen };
}

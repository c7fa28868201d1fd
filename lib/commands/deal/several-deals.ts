import { z } from "zod";
import { isRefusal } from "@/lib/errors";
import * as field from "../input";
import { refusalOfSeveral } from "../must-may";
import type { WriteContext } from "../verb";
import { type DealRow, lockDeal } from "./load";

/** As many as one looks over before saving. */
const MOST = 200;

/** The deals of a write over several: each once. */
export const severalDeals = z
  .array(field.id)
  .min(1, "must name a deal")
  .max(MOST, `must be at most ${MOST} deals`)
  .refine((ids) => new Set(ids).size === ids.length, "must name each deal once");

/** Locks them in one order for everybody, so that two such writes never wait for each other in a circle. */
export async function lockSeveral(context: WriteContext, dealIds: readonly string[]): Promise<DealRow[]> {
  const locked: DealRow[] = [];
  for (const dealId of [...dealIds].sort()) locked.push(await lockDeal(context, dealId));
  return locked;
}

/** Does the same to each of several deals, all or nothing: a refusal names each that does not take it. */
export async function onEachDeal(
  deals: readonly DealRow[],
  work: (deal: DealRow) => Promise<unknown>,
): Promise<void> {
  const refused: { dealId: string; rule: string }[] = [];
  for (const deal of deals) {
    try {
      await work(deal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.push({ dealId: deal.id, rule: error.rule });
    }
  }
  if (refused.length > 0) throw refusalOfSeveral("invalid", refused);
}

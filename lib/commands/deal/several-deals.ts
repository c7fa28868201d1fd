import { z } from "zod";
import { isRefusal, Refusal } from "@/lib/errors";
import * as field from "../input";
import type { Ownership, WriteContext } from "../verb";
import { type DealRow, isOwnDeal, lockDeal, ownDeal } from "./load";

/** As many as one looks over before saving. */
const MOST = 200;

/** The deals of a write over several: each once. */
export const severalDeals = z
  .array(field.id)
  .min(1, "must name a deal")
  .max(MOST, `must be at most ${MOST} deals`)
  .refine((ids) => new Set(ids).size === ids.length, "must name each deal once");

/** Locks them in one order for everybody, so that two such writes never wait for each other in a circle. */
async function lockSeveral(context: WriteContext, dealIds: readonly string[]): Promise<DealRow[]> {
  const locked: DealRow[] = [];
  for (const dealId of [...dealIds].sort()) locked.push(await lockDeal(context, dealId));
  return locked;
}

/** Owns several deals who owns each; else the sentence names the first that is somebody else's. */
export async function ownDeals(
  context: WriteContext,
  dealIds: readonly string[],
  whatOnly: string,
): Promise<Ownership> {
  const others = (await lockSeveral(context, dealIds)).find((deal) => !isOwnDeal(context.actor, deal));
  if (!others) return { owns: true, because: "" };
  const { owns, because } = ownDeal(context.actor, others, whatOnly);
  return { owns, because: `${others.id}: ${because}` };
}

/** Does the same to each of several deals, all or nothing: a refusal names the deal that it is about. */
export async function onEachDeal(
  context: WriteContext,
  dealIds: readonly string[],
  work: (deal: DealRow) => Promise<unknown>,
): Promise<void> {
  for (const deal of await lockSeveral(context, dealIds)) {
    try {
      await work(deal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { code, rule } = error;
      throw new Refusal({ code, field: "dealIds", value: deal.id, rule: `${rule}; none was changed` });
    }
  }
}

import { z } from "zod";
import { isRefusal } from "@/lib/errors";
import * as field from "../input";
import { type RefusedDeal, refusalOfSeveral } from "../must-may";
import type { DealRow } from "./load";

/** As many as one looks over before saving. */
const MOST = 200;

/** The deals of a write over several: each once. */
export const severalDeals = z
  .array(field.id)
  .min(1, "must name a deal")
  .max(MOST, `must be at most ${MOST} deals`)
  .refine((ids) => new Set(ids).size === ids.length, "must name each deal once");

/** Does the same to each of several deals, all or nothing: a refusal names each that does not take it. */
export function onEachDeal<S extends { deal: DealRow }>(
  several: readonly S[],
  work: (one: S) => unknown,
): void {
  const refused: RefusedDeal[] = [];
  for (const one of several) {
    try {
      work(one);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.push({ dealId: one.deal.id, rule: error.rule });
    }
  }
  if (refused.length > 0) throw refusalOfSeveral("invalid", refused);
}

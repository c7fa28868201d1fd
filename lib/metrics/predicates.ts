import { isCredited, isInfluencedFamily } from "../attribution/models";
import type { JudgedDeal } from "./judged-deal";

/** The words of domain.md §7 that select deals; every definition is made of these. */

export const isSourced = (deal: JudgedDeal) => deal.attribution === "sourced";
export const isInfluenced = (deal: JudgedDeal) => isInfluencedFamily(deal.attribution);
/** The triple-tier outcome, a number of its own [0]. */
export const isCoSell = (deal: JudgedDeal) => deal.attribution === "co_sell";
export const isCreditedDeal = (deal: JudgedDeal) => isCredited(deal.attribution);
export const isDirect = (deal: JudgedDeal) => !isCredited(deal.attribution);
export const isWon = (deal: JudgedDeal) => deal.outcome === "won";
/** Real exports hold deals that close before they were created: those have no cycle (§7). */
export const isTimed = (deal: JudgedDeal) => deal.closedOn !== null && deal.closedOn >= deal.createdOn;

import { isCredited, isInfluencedFamily } from "../attribution/models";
import type { JudgedDeal } from "./judged-deal";

/**
 * The words of domain.md §7 that select deals. Every definition is made of these and nothing else, so that
 * two numbers about the same deals mean the same deals; a quarter also keeps each selection by its name.
 */

export const isAny = () => true;
export const isSourced = (deal: JudgedDeal) => deal.attribution === "sourced";
export const isNotSourced = (deal: JudgedDeal) => deal.attribution !== "sourced";
export const isInfluenced = (deal: JudgedDeal) => isInfluencedFamily(deal.attribution);
/** The triple-tier outcome, a number of its own [0]. */
export const isCoSell = (deal: JudgedDeal) => deal.attribution === "co_sell";
export const isInfluencedNotCoSell = (deal: JudgedDeal) => isInfluenced(deal) && !isCoSell(deal);
export const isCreditedDeal = (deal: JudgedDeal) => isCredited(deal.attribution);
export const isDirect = (deal: JudgedDeal) => !isCredited(deal.attribution);
export const isConfirmed = (deal: JudgedDeal) => deal.confirmedBeforeClose;

export const isWon = (deal: JudgedDeal) => deal.outcome === "won";
export const isSourcedWin = (deal: JudgedDeal) => isWon(deal) && isSourced(deal);
export const isCoSellWin = (deal: JudgedDeal) => isWon(deal) && isCoSell(deal);
export const isInfluencedWin = (deal: JudgedDeal) => isWon(deal) && isInfluenced(deal);
export const isInfluencedNotCoSellWin = (deal: JudgedDeal) => isWon(deal) && isInfluencedNotCoSell(deal);
export const isNotInfluencedWin = (deal: JudgedDeal) => isWon(deal) && !isInfluenced(deal);
export const isCreditedWin = (deal: JudgedDeal) => isWon(deal) && isCreditedDeal(deal);
export const isDirectWin = (deal: JudgedDeal) => isWon(deal) && isDirect(deal);

/** Real exports hold deals that close before they were created: those have no cycle (§7). */
const hasCycle = (deal: JudgedDeal) => deal.closedOn !== null && deal.closedOn >= deal.createdOn;
export const isCreditedCycle = (deal: JudgedDeal) => isCreditedWin(deal) && hasCycle(deal);
export const isDirectCycle = (deal: JudgedDeal) => isDirectWin(deal) && hasCycle(deal);
export const isWinWithoutCycle = (deal: JudgedDeal) => isWon(deal) && !hasCycle(deal);

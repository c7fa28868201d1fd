import { isCredited, isInfluencedFamily } from "../attribution/models";
import type { DealClass } from "./deal-class";

/**
 * The words of domain.md §7 that select deals. Every definition is made of these and nothing else, so that
 * two numbers about the same deals mean the same deals; a quarter also keeps each selection by its name.
 */

export const isAny = () => true;
export const isSourced = (deal: DealClass) => deal.attribution === "sourced";
export const isNotSourced = (deal: DealClass) => deal.attribution !== "sourced";
export const isInfluenced = (deal: DealClass) => isInfluencedFamily(deal.attribution);
/** The triple-tier outcome, a number of its own [0]. */
export const isCoSell = (deal: DealClass) => deal.attribution === "co_sell";
export const isInfluencedNotCoSell = (deal: DealClass) => isInfluenced(deal) && !isCoSell(deal);
export const isCreditedDeal = (deal: DealClass) => isCredited(deal.attribution);
export const isDirect = (deal: DealClass) => !isCredited(deal.attribution);
export const isConfirmed = (deal: DealClass) => deal.confirmedBeforeClose;

export const isWon = (deal: DealClass) => deal.outcome === "won";
export const isSourcedWin = (deal: DealClass) => isWon(deal) && isSourced(deal);
export const isCoSellWin = (deal: DealClass) => isWon(deal) && isCoSell(deal);
export const isInfluencedWin = (deal: DealClass) => isWon(deal) && isInfluenced(deal);
export const isInfluencedNotCoSellWin = (deal: DealClass) => isWon(deal) && isInfluencedNotCoSell(deal);
export const isNotInfluencedWin = (deal: DealClass) => isWon(deal) && !isInfluenced(deal);
export const isCreditedWin = (deal: DealClass) => isWon(deal) && isCreditedDeal(deal);
export const isDirectWin = (deal: DealClass) => isWon(deal) && isDirect(deal);

export const isCreditedCycle = (deal: DealClass) => isCreditedWin(deal) && deal.hasCycle;
export const isDirectCycle = (deal: DealClass) => isDirectWin(deal) && deal.hasCycle;
export const isWinWithoutCycle = (deal: DealClass) => isWon(deal) && !deal.hasCycle;

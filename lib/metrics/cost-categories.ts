/** The sides that costs are kept for (domain.md §7 metric 4). */
type CostSide = "partner_program" | "direct_sales";

/** What the programme cost is made of, fully loaded. Direct sales have no named ones: any of them will do. */
export const USUAL_COSTS: Readonly<Record<CostSide, readonly string[]>> = {
  partner_program: ["headcount", "technology", "incentives", "travel"],
  direct_sales: [],
};

/** The category under which a side without named ones is said to have no cost at all. */
export const ANY_COST = "any";

export interface CostCategory {
  side: CostSide;
  category: string;
}

/** The categories that a quarter must have a cost for before it is frozen, or be said to have none (§8.7). */
export const CLOSE_CATEGORIES: readonly CostCategory[] = [
  ...USUAL_COSTS.partner_program.map((category) => ({ side: "partner_program" as const, category })),
  { side: "direct_sales", category: ANY_COST },
];

/** Those of them for which nothing is entered and nothing was said. */
export function missingCosts(
  entered: readonly CostCategory[],
  nones: readonly CostCategory[],
): CostCategory[] {
  const covers = (one: CostCategory, { side, category }: CostCategory) =>
    one.side === side && (category === ANY_COST || one.category.trim().toLowerCase() === category);
  return CLOSE_CATEGORIES.filter(
    (asked) => !entered.some((one) => covers(one, asked)) && !nones.some((one) => covers(one, asked)),
  );
}

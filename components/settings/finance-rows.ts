import type { Outputs } from "@/lib/api/client";
import type { CostSide } from "@/lib/interchange/kinds";
import { USUAL_COSTS } from "@/lib/metrics/cost-categories";

export type Finance = Outputs["costsAndRates"];

export const SIDE_LABELS: Readonly<Record<CostSide, string>> = {
  partner_program: "Partner programme",
  direct_sales: "Direct sales",
};

/** One line of the grid: a category in a currency, with what each quarter holds in minor units. */
export interface CostRow {
  side: CostSide;
  category: string;
  currency: string;
  amounts: ReadonlyMap<string, number>;
}

export const rowKey = ({ side, category, currency }: Omit<CostRow, "amounts">) =>
  [side, category, currency].join("\u001f");

/** The lines of one side: the usual categories, those with a cost, and those that were just added. */
export function costRows(
  side: CostSide,
  costs: Finance["costs"],
  currency: string,
  added: readonly Omit<CostRow, "amounts">[],
): CostRow[] {
  const rows = new Map<string, CostRow & { amounts: Map<string, number> }>();
  const line = (row: Omit<CostRow, "amounts">) => {
    const key = rowKey(row);
    const known = rows.get(key) ?? { ...row, amounts: new Map<string, number>() };
    rows.set(key, known);
    return known;
  };
  for (const category of USUAL_COSTS[side]) line({ side, category, currency });
  const own = costs.filter((cost) => cost.side === side);
  const names = own.map((cost) => ({ side, category: cost.category, currency: cost.currency }));
  for (const row of names.sort((a, b) => rowKey(a).localeCompare(rowKey(b)))) line(row);
  for (const row of added) if (row.side === side) line(row);
  for (const cost of own)
    line({ side, category: cost.category, currency: cost.currency }).amounts.set(cost.quarter, cost.amount);
  return [...rows.values()];
}

/** What a quarter's lines come to, by currency; a quarter without a cost has none, which is not 0. */
export function totalsOf(rows: readonly CostRow[], quarter: string): [currency: string, amount: number][] {
  const totals = new Map<string, number>();
  for (const { currency, amounts } of rows) {
    const amount = amounts.get(quarter);
    if (amount !== undefined) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  }
  return [...totals];
}

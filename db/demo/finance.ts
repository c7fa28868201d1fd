import { type FiscalYear, lastQuarters, type Quarter } from "@/lib/calendar";
import type { CostRow } from "@/lib/metrics/judged-deal";

/** Dollars a quarter: in the story's first one, and what each later one adds. */
const BUDGET: readonly {
  side: CostRow["side"];
  category: string;
  first: number;
  growth: number;
}[] = [
  { side: "partner_program", category: "headcount", first: 118_400, growth: 6_150 },
  { side: "partner_program", category: "technology", first: 19_800, growth: 450 },
  { side: "partner_program", category: "incentives", first: 31_250, growth: 4_300 },
  { side: "partner_program", category: "travel", first: 8_900, growth: 620 },
  { side: "direct_sales", category: "headcount", first: 254_000, growth: 3_900 },
  { side: "direct_sales", category: "marketing", first: 92_500, growth: 1_700 },
  { side: "direct_sales", category: "technology", first: 28_300, growth: 350 },
];

/** What both sides cost, in cents, for each quarter of the story, oldest first. */
export function demoCosts(quarters: readonly Quarter[]): CostRow[] {
  return quarters.flatMap(({ label }, at) =>
    BUDGET.map(({ side, category, first, growth }) => ({
      quarter: label,
      side,
      category,
      amount: (first + growth * at) * 100 + ((at * 37 + first) % 100),
      currency: "USD",
    })),
  );
}

export interface DemoRate {
  quarter: string;
  currency: string;
  /** Dollars for a euro. */
  rate: string;
}

const DOLLARS_A_EURO = ["1.0712", "1.0839", "1.0794", "1.0921", "1.1043", "1.0968"] as const;

/** A rate for each quarter of the story; the quarter under way has its planning rate. */
export function demoRates(quarters: readonly Quarter[]): DemoRate[] {
  return quarters.map(({ label }, at) => ({
    quarter: label,
    currency: "EUR",
    rate: DOLLARS_A_EURO[at % DOLLARS_A_EURO.length] as string,
  }));
}

/** How many quarters the story covers, the one under way included. */
export const DEMO_QUARTERS = 6;

/** The story's quarters, oldest first; `current` is the one under way. */
export function demoQuarters(current: Quarter, year: FiscalYear): Quarter[] {
  return lastQuarters(DEMO_QUARTERS, current, year);
}

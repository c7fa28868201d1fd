import type { Day } from "@/lib/attribution/facts";
import { type Quarter, quarterOf } from "@/lib/calendar";
import type { CostRow } from "@/lib/metrics/judged-deal";
import { backgroundDeals } from "./background";
import { type DemoRate, demoCosts, demoQuarters, demoRates } from "./finance";
import { storyOf } from "./named";
import { NAMED_DEALS } from "./named-deals";
import { type DealStory, toldUntil } from "./story";

/** The seed of the story that a new install opens with. */
export const DEMO_SEED = 20_170;

/** The whole story, up to the day of telling. */
export interface Plot {
  today: Day;
  /** Six fiscal quarters, oldest first, the one under way last. */
  quarters: readonly Quarter[];
  costs: readonly CostRow[];
  rates: readonly DemoRate[];
  /** Some 300 deals: the many that make the numbers, then the named ones. */
  deals: readonly DealStory[];
}

export interface PlotQuery {
  seed?: number | undefined;
  /** The day of telling. */
  today: Day;
  /** 1 to 12. */
  fiscalFirstMonth?: number;
}

/**
 * Plots the story; the same for the same query. The many are planned to the end of the quarter after
 * the current one and told until today; the named ones are placed by how long ago things happened.
 */
export function plotDemo({ seed = DEMO_SEED, today, fiscalFirstMonth = 1 }: PlotQuery): Plot {
  const quarters = demoQuarters(quarterOf(today, fiscalFirstMonth));
  return {
    today,
    quarters,
    costs: demoCosts(quarters),
    rates: demoRates(quarters),
    deals: [
      ...backgroundDeals(seed, quarters).flatMap((story) => toldUntil(story, today) ?? []),
      ...NAMED_DEALS.map((named) => storyOf(named, today)),
    ],
  };
}

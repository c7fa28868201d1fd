import type { Day } from "@/lib/attribution/facts";
import { addDays, CALENDAR_YEAR, dayNumber, type FiscalYear, type Quarter, quarterOf } from "@/lib/calendar";
import type { CostRow } from "@/lib/metrics/judged-deal";
import { backgroundDeals } from "./background";
import { type DemoEvent, eventsOf } from "./events";
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
  /** The two whose review Tarnwick has closed, oldest first; the one after them is under review. */
  frozen: readonly Quarter[];
  costs: readonly CostRow[];
  rates: readonly DemoRate[];
  /** Some 300 deals: the many that make the numbers, then the named ones. */
  deals: readonly DealStory[];
  /**
   * The first day of the last complete quarter, when Tarnwick began to work in Countersign. What was recorded
   * of the many before comes from the CRM: `history` is those deals as they stood then.
   */
  goLive: Day;
  history: readonly DealStory[];
  /** What people did besides, in order: all of the named deals, of the many what came after. */
  events: readonly DemoEvent[];
}

export interface PlotQuery {
  seed?: number | undefined;
  /** The day of telling. */
  today: Day;
  /** 1 to 12. */
  fiscalYear?: FiscalYear;
}

/**
 * Plots the story; the same for the same query. The many are planned to the end of the quarter after
 * the current one and told until today; the named ones are placed by how long ago things happened.
 */
export function plotDemo({ seed = DEMO_SEED, today, fiscalYear = CALENDAR_YEAR }: PlotQuery): Plot {
  const quarters = demoQuarters(quarterOf(today, fiscalYear), fiscalYear);
  const goLive = (quarters.at(-2) as Quarter).from;
  const many = backgroundDeals(seed, quarters, fiscalYear)
    .flatMap((story) => toldUntil(story, today) ?? [])
    .map((story) => sinceGoLive(story, goLive));
  const named = NAMED_DEALS.map((deal) => storyOf(deal, today));
  const events = [
    ...many.flatMap(eventsOf).filter(({ on }) => on >= goLive),
    ...named.flatMap(eventsOf),
  ].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return {
    today,
    quarters,
    frozen: quarters.slice(-4, -2),
    costs: demoCosts(quarters),
    rates: demoRates(quarters),
    deals: [...many, ...named],
    goLive,
    history: many.flatMap((story) => toldUntil(story, addDays(goLive, -1)) ?? []),
    events,
  };
}

/** No CRM knows that nobody helped: AEs say so here, on the first working day at the earliest. */
function sinceGoLive(story: DealStory, goLive: Day): DealStory {
  const { noPartnerOn, close } = story;
  if (noPartnerOn === null || noPartnerOn >= goLive) return story;
  if (close && close.on < goLive) return { ...story, noPartnerOn: null };
  const weekday = dayNumber(goLive) % 7;
  return { ...story, noPartnerOn: weekday < 5 ? goLive : addDays(goLive, 7 - weekday) };
}

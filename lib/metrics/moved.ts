import type { Quarter } from "../calendar";
import { isRefusal } from "../errors";
import { classKey, classOf } from "./deal-class";
import type { Figure } from "./definition";
import { approximate, type Exact, exactValue, isZero, less, plus, ZERO } from "./exact";
import type { JudgedDeal } from "./judged-deal";
import type { Counting } from "./quarter-input";
import { type MetricKey, metricOf, PRINTED, partsOf } from "./quarter-numbers";
import { classesOfPart, type Part, Sheet } from "./sheet";
import { type Population, populationsOf, QuarterTally } from "./tally";
import type { Undefined } from "./value";

/** Why a number moves (domain.md §7), in the order in which one state is made into the other. */
export const MOVED_CAUSES = [
  "policy",
  "rates",
  "costs",
  "time_passing",
  "corrections",
  "new_deals",
  "closed_deals",
  "changed_facts",
] as const;
export type MovedCause = (typeof MOVED_CAUSES)[number];
/** Those that are about what is known of a deal. */
export type DealCause = Exclude<MovedCause, "policy" | "rates" | "costs" | "time_passing">;

/** A deal on its way from one state to the other, as it counts after each step; null where it is not there. */
export interface Course<D extends JudgedDeal = JudgedDeal> {
  id: string;
  /** Why `after` differs from `inTime`. */
  cause: DealCause;
  /** What was known first, judged then. */
  before: D | null;
  /** The same under the policy that judges it in the end. */
  underPolicy: D | null;
  /** The same on the later day. */
  inTime: D | null;
  /** What is known in the end. */
  after: D | null;
}

/** A figure of a metric, by their keys. */
export interface FigureOf {
  metric: MetricKey;
  figure: string;
}

/** What one cause did to a number. */
export interface MovedPart {
  cause: MovedCause;
  amount: Exact;
  /** The deals by which it did, in order of id. */
  deals: string[];
  /** What each of them did, in the order of the deals before it; null where they are too many to be asked one by one. */
  each: { deal: string; amount: Exact }[] | null;
}

/** From one number to the other: the parts add up to the difference, exactly. None where one of the two does not exist. */
export interface Moved {
  from: Exact | Undefined;
  to: Exact | Undefined;
  parts: MovedPart[];
}

/** Above as many deals of a cause the number is counted once for all of them. */
const ONE_BY_ONE = 500;

/**
 * Why a figure of a quarter moved: its one definition, asked after each step of a fixed order that makes what stood
 * into what stands (`MOVED_CAUSES`), within a step deal by deal in order of id. What a step changes is its part, so
 * that the parts add up whatever the figure is. Where the figure does not exist after a step, what it changed goes to
 * the next after which it does.
 */
export function moved(
  { metric, figure: key }: FigureOf,
  quarter: Quarter,
  courses: readonly Course[],
  from: Counting,
  to: Counting,
): Moved {
  const definition = metricOf(metric);
  const figure = definition.figures[key] as Figure<string>;
  const walk = new Walk(figure, definition.parts, quarter, courses, from);
  const first = walk.value;
  walk.recount("policy", { ...from, policy: to.policy });
  walk.replace("policy", courses, "before", "underPolicy");
  walk.recount("rates", { ...walk.counting, rates: to.rates });
  walk.recount("costs", { ...walk.counting, costs: to.costs });
  walk.replace("time_passing", courses, "underPolicy", "inTime");
  for (const cause of ["corrections", "new_deals", "closed_deals", "changed_facts"] as const)
    walk.replace(
      cause,
      courses.filter((course) => course.cause === cause),
      "inTime",
      "after",
    );
  const last = walk.value;
  const exists = "over" in first && "over" in last;
  return { from: first, to: last, parts: exists ? walk.parts() : [] };
}

type Step = "before" | "underPolicy" | "inTime" | "after";

/** A number on the way from one state to the other. */
class Walk {
  value: Exact | Undefined;
  /** The last value that existed. */
  private known: Exact | null;
  private tally: QuarterTally;
  private standing: Map<string, JudgedDeal>;
  private readonly found = new Map<MovedCause, MovedPart>();
  /** The figure's own parts, and those that they are matched with. */
  private readonly own: readonly { population: Population; classes: ReadonlySet<string> }[];

  constructor(
    private readonly figure: Figure<string>,
    private readonly all: Readonly<Record<string, Part>>,
    private readonly quarter: Quarter,
    courses: readonly Course[],
    public counting: Counting,
  ) {
    const names = partsOf(figure, counting.policy).flatMap((name) => [name, all[name]?.matchedWith ?? name]);
    this.own = [...new Set(names)]
      .map((name) => all[name] as Part)
      .map((part) => ({ population: part.population, classes: new Set(classesOfPart(part)) }));
    this.standing = new Map(courses.flatMap(({ id, before }) => (before ? [[id, before] as const] : [])));
    this.tally = this.counted();
    this.value = this.asked();
    this.known = "over" in this.value ? this.value : null;
  }

  /** The same deals, counted with something else. */
  recount(cause: MovedCause, counting: Counting): void {
    const converts = counting.rates !== this.counting.rates;
    this.counting = counting;
    if (converts) this.tally = this.counted();
    const amount = this.ask();
    if (isZero(amount)) return;
    const part = this.partOf(cause);
    part.amount = plus(part.amount, amount);
    if (cause === "rates") part.deals = this.foreign();
  }

  /** Puts what deals are after a step in the place of what they were before it. */
  replace(cause: MovedCause, courses: readonly Course[], was: Step, is: Step): void {
    const changed = courses
      .filter((course) => this.countsOtherwise(course[was], course[is]))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const oneByOne = changed.length <= ONE_BY_ONE;
    const part = changed.length > 0 ? this.partOf(cause) : null;
    for (const { id, [was]: before, [is]: after } of changed) {
      if (before) this.tally.take(before);
      if (after) this.tally.add(after);
      if (after) this.standing.set(id, after);
      else this.standing.delete(id);
      part?.deals.push(id);
      if (oneByOne) part?.each?.push({ deal: id, amount: this.ask() });
    }
    if (!part) return;
    if (!oneByOne) part.each = null;
    const rest = oneByOne ? part.each!.reduce((sum, { amount }) => plus(sum, amount), ZERO) : this.ask();
    part.amount = plus(part.amount, rest);
  }

  /** In the order of the causes; those that did nothing are left out. */
  parts(): MovedPart[] {
    return MOVED_CAUSES.flatMap((cause) => this.found.get(cause) ?? []).filter(
      ({ amount, each }) => !isZero(amount) || each?.some((one) => !isZero(one.amount)),
    );
  }

  private partOf(cause: MovedCause): MovedPart {
    const known = this.found.get(cause) ?? { cause, amount: ZERO, deals: [], each: [] };
    this.found.set(cause, known);
    return known;
  }

  private counted(): QuarterTally {
    const tally = new QuarterTally(this.quarter, this.counting.rates, false);
    for (const deal of this.standing.values()) tally.add(deal);
    return tally;
  }

  /** Asks the number anew; how far it is from the last one that existed. */
  private ask(): Exact {
    this.value = this.asked();
    if (!("over" in this.value)) return ZERO;
    const amount = this.known ? less(this.value, this.known) : ZERO;
    this.known = this.value;
    return amount;
  }

  private asked(): Exact | Undefined {
    try {
      const value = exactValue(this.figure, new Sheet(this.all, this.tally, this.counting));
      if (value === null) throw new RangeError(`${this.figure.name} has no exact value`);
      return value;
    } catch (error) {
      if (!(isRefusal(error) && error.field.startsWith("rates."))) throw error;
      return { undefined: "missing_rate", detail: error.rule };
    }
  }

  private countsOtherwise(before: JudgedDeal | null, after: JudgedDeal | null): boolean {
    if (before === after) return false;
    return this.countsAs(before) !== this.countsAs(after);
  }

  /** What of a deal the figure looks at, as text; empty where it cannot move it. */
  private countsAs(deal: JudgedDeal | null): string {
    if (!deal) return "";
    const among = populationsOf(deal, this.quarter);
    const key = classKey(classOf(deal));
    const held = this.own.map(({ population, classes }) => among[population] && classes.has(key));
    if (!held.includes(true)) return "";
    const { amount, currency, type, createdOn, closedOn } = deal;
    return `${held.join()} ${amount} ${currency} ${type} ${createdOn} ${closedOn}`;
  }

  private foreign(): string[] {
    return [...this.standing.values()]
      .filter((deal) => deal.currency !== this.counting.rates.reporting && this.countsAs(deal) !== "")
      .map(({ id }) => id)
      .sort();
  }
}

/** The figures that can be asked why they moved, as `npm run numbers` prints them: `influencedWinRate.rate`. */
export const MOVED_FIGURES: readonly string[] = Object.entries(PRINTED).flatMap(([metric, figures]) =>
  figures.map((figure) => `${metric}.${figure}`),
);

/** Rounded, for a page that shows rounded numbers. */
export const shown = (value: Exact | Undefined): number | Undefined =>
  "over" in value ? approximate(value) : value;

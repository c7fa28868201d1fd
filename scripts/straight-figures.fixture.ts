import { amountBand } from "@/lib/attribution/cohort";
import type { Quarter } from "@/lib/calendar";

/**
 * The figures of a quarter once more, from rows alone, by what the contract says of each (§7): a sum, a ratio or a median.
 * Nothing here asks lib/metrics, so what both say is said twice.
 */

export interface Row {
  id: string;
  owner: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  type: string;
  route: string;
  createdOn: string;
  closedOn: string | null;
  state: "open" | "won" | "lost";
  /** The deal's own outcome, or that of the partners it is narrowed to. */
  outcome: string;
  confirmedBeforeClose: boolean;
  cycleDays: number | null;
  engagedOn: readonly string[];
  partners: readonly { id: string; outcome: string }[];
}

export interface Money {
  /** Reporting currency per unit, as text. */
  rates: ReadonlyMap<string, string>;
  /** Null where none was entered. */
  costs: Readonly<Record<"partner_program" | "direct_sales", number | null>>;
}

const FAMILY = ["influenced", "assisted", "co_sell", "influence", "accelerated", "assisted_close"];
/** Outcomes, best first, as each model has them (§5). */
const OF_MODEL: Readonly<Record<string, readonly string[]>> = {
  two_bucket: ["sourced", "influenced", "assisted"],
  triple_tier: ["sourced", "co_sell", "influence"],
  roi_buckets: ["sourced", "accelerated", "influenced"],
  lanes: ["sourced", "influenced", "assisted_close"],
};
const LAST = ["disputed", "attached", "none", "unattributed"];

type Is = (row: Row) => boolean;
const isSourced: Is = ({ outcome }) => outcome === "sourced";
const isInfluenced: Is = ({ outcome }) => FAMILY.includes(outcome);
const isCoSell: Is = ({ outcome }) => outcome === "co_sell";
const isCredited: Is = (row) => isSourced(row) || isInfluenced(row);
const isDirect: Is = (row) => !isCredited(row);
const isWon: Is = ({ state }) => state === "won";
const hasCycle: Is = ({ createdOn, closedOn }) => closedOn !== null && closedOn >= createdOn;
const all =
  (...conditions: readonly Is[]): Is =>
  (row) =>
    conditions.every((is) => is(row));
const not =
  (is: Is): Is =>
  (row) =>
    !is(row);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
export function median(values: readonly number[]): number | undefined {
  if (values.some(Number.isNaN)) return undefined;
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
/** A number that nothing can be divided by does not exist. */
const over = (one: number | null | undefined, other: number | null | undefined) =>
  one == null || other == null || other === 0 ? undefined : one / other;
const less = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? undefined : one - other;

/** In the reporting currency, half up; NaN without a rate, which then is all that a sum over it comes to. */
export function inDollars(amount: number, currency: string, rates: ReadonlyMap<string, string>): number {
  if (currency === "USD") return amount;
  const rate = rates.get(currency);
  if (rate === undefined) return Number.NaN;
  const [whole = "", decimals = ""] = rate.split(".");
  const unit = 10n ** BigInt(decimals.length);
  return Number((2n * BigInt(amount) * BigInt(whole + decimals) + unit) / (2n * unit));
}

/** A quarter's rows in the words of the contract. */
class Quartered {
  readonly created: readonly Row[];
  readonly closed: readonly Row[];
  readonly open: readonly Row[];

  constructor(
    rows: readonly Row[],
    readonly quarter: Quarter,
  ) {
    const within = (day: string | null) => day !== null && day >= quarter.from && day <= quarter.to;
    this.created = rows.filter(({ createdOn }) => within(createdOn));
    this.closed = rows.filter(({ closedOn }) => within(closedOn));
    this.open = rows.filter(
      ({ createdOn, closedOn }) => createdOn <= quarter.to && (closedOn === null || closedOn > quarter.to),
    );
  }

  won(...conditions: readonly Is[]): readonly Row[] {
    return this.closed.filter(all(isWon, ...conditions));
  }
}

/** What a figure comes to, and the rows it is of: exactly those that it opens to. */
interface Straight {
  value: number | undefined;
  rows: readonly Row[];
}

/** Every figure of the quarter by `metric.key`, of all rows or of those of a narrowing. */
export function straightFigures(
  rows: readonly Row[],
  quarter: Quarter,
  { money, model, isNarrowed }: { money: Money; model: string; isNarrowed: boolean },
): ReadonlyMap<string, Straight> {
  const q = new Quartered(rows, quarter);
  const usd = (some: readonly Row[]) =>
    some.map(({ amount, currency }) => inDollars(amount, currency, money.rates));
  const total = (some: readonly Row[]) => sum(usd(some));
  const days = (some: readonly Row[]) => median(some.map(({ cycleDays }) => cycleDays!));
  const found = new Map<string, Straight>();
  const put = (key: string, value: number | undefined, ...sets: readonly (readonly Row[])[]) =>
    found.set(key, { value: Number.isNaN(value) ? undefined : value, rows: [...new Set(sets.flat())] });
  const amount = (key: string, some: readonly Row[]) => put(key, total(some), some);
  const count = (key: string, some: readonly Row[]) => put(key, some.length, some);

  const sourcedCreated = q.created.filter(isSourced);
  amount("sourcedPipeline.amount", sourcedCreated);
  count("sourcedPipeline.deals", sourcedCreated);
  put("sourcedPipeline.share", over(total(sourcedCreated), total(q.created)), q.created);
  amount("sourcedPipeline.openAtEnd", q.open.filter(isSourced));
  count("newSourcedLeads.deals", sourcedCreated);

  const influenced = q.closed.filter(isInfluenced);
  const [direct, credited] = [q.closed.filter(isDirect), q.closed.filter(isCredited)];
  const rate = (some: readonly Row[]) => over(some.filter(isWon).length, some.length);
  put("influencedWinRate.rate", rate(influenced), influenced);
  count("influencedWinRate.deals", influenced);
  put("influencedWinRate.direct", rate(direct), direct);
  count("influencedWinRate.directDeals", direct);
  put("influencedWinRate.ratio", over(rate(influenced), rate(direct)), influenced, direct);
  put("influencedWinRate.shareOfWonRevenue", over(total(q.won(isInfluenced)), total(q.won())), q.won());

  const [timed, timedCredited] = [q.won(isDirect, hasCycle), q.won(isCredited, hasCycle)];
  const saved = less(days(timed), days(timedCredited));
  put("cycleReduction.days", saved, timed, timedCredited);
  put("cycleReduction.percent", over(saved, days(timed)), timed, timedCredited);
  put("cycleReduction.direct", days(timed), timed);
  count("cycleReduction.directDeals", timed);
  put("cycleReduction.credited", days(timedCredited), timedCredited);
  count("cycleReduction.creditedDeals", timedCredited);
  const cellOf = (row: Row) => `${row.type} ${row.currency} ${amountBand(row.amount, row.currency)}`;
  const cells = [...new Set(timed.map(cellOf))].filter((cell) =>
    timedCredited.some((row) => cellOf(row) === cell),
  );
  const inCells = (some: readonly Row[]) => some.filter((row) => cells.includes(cellOf(row)));
  const weighed = cells.map((cell) => {
    const side = (some: readonly Row[]) => some.filter((row) => cellOf(row) === cell);
    return less(days(side(timed)), days(side(timedCredited)))! * side(timedCredited).length;
  });
  put(
    "cycleReduction.matchedDays",
    over(sum(weighed), inCells(timedCredited).length),
    inCells(timed),
    inCells(timedCredited),
  );
  count("cycleReduction.matchedDeals", inCells(timedCredited));
  count("cycleReduction.leftOut", q.won(not(hasCycle)));

  const [wonCredited, wonSourced, wonDirect] = [q.won(isCredited), q.won(isSourced), q.won(isDirect)];
  const [program, sales] = isNarrowed
    ? [null, null]
    : [money.costs.partner_program, money.costs.direct_sales];
  put("costPerPartnerDollar.programCost", program ?? undefined);
  put("costPerPartnerDollar.directCost", sales ?? undefined);
  amount("costPerPartnerDollar.attributedWon", wonCredited);
  amount("costPerPartnerDollar.sourcedWon", wonSourced);
  amount("costPerPartnerDollar.directWon", wonDirect);
  put("costPerPartnerDollar.perAttributed", over(program, total(wonCredited)), wonCredited);
  put("costPerPartnerDollar.perSourced", over(program, total(wonSourced)), wonSourced);
  put("costPerPartnerDollar.direct", over(sales, total(wonDirect)), wonDirect);
  const times = over(over(program, total(wonCredited)), over(sales, total(wonDirect)));
  put("costPerPartnerDollar.belowDirect", less(1, times), wonCredited, wonDirect);

  for (const [at, some] of [
    ["Open", q.open],
    ["Won", q.won()],
  ] as const) {
    amount(`threeRoles.sourced${at}`, some.filter(isSourced));
    const coSell = some.filter(isCoSell);
    put(
      `threeRoles.coSell${at}`,
      coSell.length > 0 || model === "triple_tier" ? total(coSell) : undefined,
      coSell,
    );
    amount(`threeRoles.influenced${at}`, some.filter(all(isInfluenced, not(isCoSell))));
  }

  put("creditedVersusDirect.creditedWinRate", rate(credited), credited);
  put("creditedVersusDirect.directWinRate", rate(direct), direct);
  put("creditedVersusDirect.creditedDealSize", median(usd(wonCredited)), wonCredited);
  put("creditedVersusDirect.directDealSize", median(usd(wonDirect)), wonDirect);
  put("creditedVersusDirect.creditedCycle", days(timedCredited), timedCredited);
  put("creditedVersusDirect.directCycle", days(timed), timed);
  put(
    "aeAdoption.share",
    over(q.closed.filter((row) => row.confirmedBeforeClose).length, q.closed.length),
    q.closed,
  );

  const engaged = q.open.filter(isCredited);
  const within = ({ engagedOn }: Row) =>
    engagedOn.filter((day) => day >= quarter.from && day <= quarter.to).length;
  put("engagementFrequency.perDealAndMonth", over(sum(engaged.map(within)), engaged.length * 3), engaged);
  count("engagementFrequency.deals", engaged);

  for (const [metric, some] of [
    ["pipelineByBucket", q.created],
    ["revenueByBucket", q.won()],
  ] as const) {
    for (const bucket of ["sourced", ...FAMILY]) {
      const own = some.filter(({ outcome }) => outcome === bucket);
      put(
        `${metric}.${bucket}`,
        own.length > 0 || OF_MODEL[model]!.includes(bucket) ? total(own) : undefined,
        own,
      );
    }
    amount(`${metric}.direct`, some.filter(isDirect));
    amount(`${metric}.all`, some);
  }
  return found;
}

/** The rows that a narrowing leaves, each as it counts there: a partner's by its own best outcome (§7). */
export function narrowedRows(
  rows: readonly Row[],
  {
    owner,
    type,
    route,
    partnerIds,
  }: { owner?: string; type?: string; route?: string; partnerIds?: ReadonlySet<string> },
): readonly Row[] {
  const order = [
    "sourced",
    "co_sell",
    "accelerated",
    "influenced",
    "influence",
    "assisted",
    "assisted_close",
    ...LAST,
  ];
  return rows.flatMap((row) => {
    if ((owner && row.owner !== owner) || (type && row.type !== type) || (route && row.route !== route))
      return [];
    if (!partnerIds) return [row];
    const own = row.partners
      .filter(({ id }) => partnerIds.has(id))
      .map(({ outcome }) => order.indexOf(outcome));
    return own.length === 0 ? [] : [{ ...row, outcome: order[Math.min(...own)]! }];
  });
}

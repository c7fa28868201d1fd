import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { sealedQuarters } from "@/db/schema/reviews";
import { stoppedBy } from "@/lib/attribution/adversary/clauses-asked";
import { HANDS, type Hand } from "@/lib/attribution/adversary/hands";
import { factsAfter, findHoles, type Hole } from "@/lib/attribution/adversary/search";
import { type FoundHole, type Way, Ways } from "@/lib/attribution/adversary/ways";
import { compareCost } from "@/lib/attribution/adversary/writes";
import { classify } from "@/lib/attribution/classify";
import type { Clause } from "@/lib/attribution/clauses";
import type { Day, Facts, PartnerFacts } from "@/lib/attribution/facts";
import { isCredited, rulesOf } from "@/lib/attribution/models";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import type { Outcome } from "@/lib/attribution/vocabulary";
import type { BacktestQuarter } from "@/lib/metrics/backtest";
import { type Raised, raisedNumbers } from "@/lib/metrics/headlines";
import { numbersOrReason } from "@/lib/metrics/quarter-numbers";
import { populationsOf, QuarterTally } from "@/lib/metrics/tally";
import { type PolicyChoice, planBacktest, within } from "./backtest";
import { eachFacts } from "./facts";
import { asksForCohort } from "./policy-book";

/** What of a hand comes to nothing, and the clause that stops it; null where it is no clause (§9, or the deals). */
export interface Stop {
  hand: Hand;
  outcome: Outcome;
  clause: Clause | null;
}

/** What the writes of one hand on one deal do to a quarter. */
export interface RaisedQuarter {
  /** `YYYY-Qn`. */
  quarter: string;
  found: FoundHole;
  raised: Raised[];
}

/** What one hand alone could raise under a policy. Source: domain.md §8.8. */
export interface Adversary {
  hash: string;
  policy: Policy;
  /** Deals that were tried, of so many that are not frozen: the largest. */
  tried: number;
  of: number;
  /** Cheapest first. */
  ways: Way[];
  /** In order of hands, then outcomes. */
  stops: Stop[];
  /** Oldest quarter first, then in order of hands; each the hole that gives the most credit there. */
  quarters: RaisedQuarter[];
}

export interface AdversaryAsk {
  policy: PolicyChoice;
  quarters: readonly string[];
  /** At most so many deals are tried. */
  deals: number;
}

/** How many of the largest deals, open ones first, are asked which clause stops a hand. */
const ASKED_FOR_STOPS = 5;
/** How many of a hand's holes are tried for one that a quarter's numbers show. */
const TRIED_FOR_QUARTER = 10;
/** Partners in a program of the memo that are tried on deals where they are not. */
const IN_PROGRAM = 2;

interface Tried {
  facts: Facts;
  before: Result;
  holes: Hole[];
}

/**
 * Searches the largest deals that no seal holds for the cheapest writes of one hand alone that raise credit under a
 * policy, and what they would do to the quarters. Judges for the occasion and stores nothing; the same every time.
 */
export async function findAdversary(db: Db, ask: AdversaryAsk, asOf: Day): Promise<Adversary> {
  const plan = await planBacktest(db, ask, asOf);
  const { policy, hash } = plan.after;
  const [seals, others] = await Promise.all([
    db.select({ from: sealedQuarters.from, to: sealedQuarters.to }).from(sealedQuarters),
    inPrograms(db, policy, asOf),
  ]);
  const isFrozen = ({ deal: { closedOn } }: Facts) =>
    closedOn !== null && seals.some(({ from, to }) => from <= closedOn && closedOn <= to);
  const living = plan.quarters.filter(
    ({ quarter }) => !seals.some(({ from, to }) => from <= quarter.to && quarter.from <= to),
  );
  const tallies = living.map((one) => ({ ...one, tally: new QuarterTally(one.quarter, one.rates, false) }));
  let of = 0;
  let largest: { facts: Facts; before: Result }[] = [];
  const where = within(plan.quarters);
  for await (const batch of eachFacts(db, { asOf, cohorts: asksForCohort(policy), where })) {
    for (const facts of batch) {
      const before = classify(policy, facts);
      for (const { tally } of tallies) tally.add(judged(facts, before));
      if (isFrozen(facts)) continue;
      of += 1;
      largest.push({ facts, before });
    }
    largest = cut(largest, ask.deals);
  }
  const ways = new Ways(policy, { others });
  const tried: Tried[] = [];
  for (const { facts, before } of largest) {
    const holes = findHoles(policy, facts, { others });
    ways.add(facts, holes);
    tried.push({ facts, before, holes });
    // Others ask meanwhile.
    await setImmediate();
  }
  const list = ways.list();
  return {
    ...{ hash, policy, tried: tried.length, of, ways: list },
    stops: stopsOf(policy, tried, list, others),
    quarters: tallies.flatMap((one) => raisedIn(one, policy, tried, others)),
  };
}

/** The largest by amount in minor units, then by id. */
function cut<T extends { facts: Facts }>(deals: T[], most: number): T[] {
  return deals
    .sort(
      ({ facts: { deal: one } }, { facts: { deal: other } }) =>
        other.amount - one.amount || (one.id < other.id ? -1 : 1),
    )
    .slice(0, most);
}

async function inPrograms(db: Db, { programs }: Policy, asOf: Day): Promise<PartnerFacts[]> {
  const rows = await db.execute<{
    id: string;
    kind: PartnerFacts["kind"];
    name: string;
    from: Day;
    to: Day;
  }>(sql`
    select p.id, p.kind, g.name, g.from_day::text as from, g.to_day::text as to
    from partner_programs g join partners p on p.id = g.partner_id
    where g.name = any(${sql.param(programs)}::text[]) and coalesce(g.from_day <= ${asOf}::date, true)
      and p.merged_into is null
    order by p.id, g.name, g.from_day`);
  const partners = new Map<string, PartnerFacts>();
  for (const { id, kind, ...program } of rows) {
    const known = partners.get(id) ?? { id, kind, parentId: null, programs: [] };
    partners.set(id, { ...known, programs: [...known.programs, program] });
  }
  return [...partners.values()].slice(0, IN_PROGRAM);
}

/** Of every hand and credited outcome that no way leads to, what stops it on the largest deals. */
function stopsOf(
  policy: Policy,
  tried: readonly Tried[],
  ways: readonly Way[],
  others: PartnerFacts[],
): Stop[] {
  const outcomes = rulesOf(policy.model)
    .filter(({ outcome, unless }) => isCredited(outcome) && !unless?.(policy))
    .map(({ outcome }) => outcome);
  // On an open deal the memo decides; on a closed one, mostly what may be written at all.
  const isOpen = ({ facts: { deal } }: Tried) => deal.closedOn === null;
  const openFirst = [...tried.filter(isOpen), ...tried.filter((one) => !isOpen(one))];
  // Where nothing was tried, nothing was stopped.
  if (tried.length === 0) return [];
  return HANDS.flatMap((hand) =>
    outcomes
      .filter((outcome) => !ways.some((way) => way.hand === hand && way.outcome === outcome))
      .map((outcome) => {
        const asked = openFirst.slice(0, ASKED_FOR_STOPS).map(({ facts }) => facts);
        const clauses = asked.map((facts) => stoppedBy(policy, facts, { hand, outcome }, others));
        return { hand, outcome, clause: clauses.find((clause) => clause !== null) ?? null };
      }),
  );
}

/** Of each hand the hole that gives the most credit among the quarter's deals and makes a number of it better. */
function raisedIn(
  { tally, ...counting }: BacktestQuarter & { tally: QuarterTally },
  policy: Policy,
  tried: readonly Tried[],
  others: PartnerFacts[],
): RaisedQuarter[] {
  const numbers = () => numbersOrReason({ ...counting, tally, policy }, counting.quarter);
  const about = tried.filter(({ facts }) => {
    const among = populationsOf(facts.deal, counting.quarter);
    return among.created || among.closed;
  });
  const was = numbers();
  const raisedBy = ({ facts, before, hole }: OneHole): Raised[] => {
    const after = classify(policy, factsAfter(facts, hole, { others }));
    tally.take(judged(facts, before));
    tally.add(judged(facts, after));
    const raised = raisedNumbers(was, numbers());
    tally.take(judged(facts, after));
    tally.add(judged(facts, before));
    return raised;
  };
  return HANDS.flatMap((hand) => {
    for (const one of dearestFirst(about, hand).slice(0, TRIED_FOR_QUARTER)) {
      const raised = raisedBy(one);
      const { id: dealId, amount, currency } = one.facts.deal;
      const found = { dealId, amount, currency, hole: one.hole };
      if (raised.length > 0) return [{ quarter: counting.quarter.label, found, raised }];
    }
    return [];
  });
}

interface OneHole {
  facts: Facts;
  before: Result;
  hole: Hole;
}

/** The holes of one hand, those that give the most credit first. */
function dearestFirst(tried: readonly Tried[], hand: Hand): OneHole[] {
  return tried
    .flatMap(({ holes, ...deal }) =>
      holes.filter((hole) => hole.hand === hand).map((hole) => ({ ...deal, hole })),
    )
    .sort(
      (one, other) =>
        gain(other.hole) - gain(one.hole) ||
        compareCost(one.hole.cost, other.hole.cost) ||
        (one.facts.deal.id < other.facts.deal.id ? -1 : 1),
    );
}

const gain = ({ before, after }: Hole) => after.credit - before.credit;

/** Who owns a deal and when it was confirmed is no part of the four numbers. */
function judged({ deal }: Facts, { outcome, evidence }: Result) {
  return { ...deal, attribution: outcome, evidence, owner: "", confirmedBeforeClose: false };
}

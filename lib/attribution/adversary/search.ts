import { firstOfMonth, lastOfMonth, monthIndex } from "../../calendar";
import { classify } from "../classify";
import type { Facts, PartnerFacts } from "../facts";
import { isCredited, outcomesOf, rank, rulesOf } from "../models";
import type { Policy } from "../policy";
import type { PartnerResult, Result } from "../result";
import { stageOn } from "../stage";
import type { GrayCode, Outcome, Stage } from "../vocabulary";
import { HANDS, type Hand, POWERS, type Powers } from "./hands";
import { type Attempt, optionsFor, recordDay } from "./options";
import { afterWrites, type Cost, compareCost, costOf, type Write } from "./writes";

/** What stands on a deal for a partner: its outcome and credit in minor units, and the deal's own outcome. */
export interface Standing {
  deal: Outcome;
  /** Null while it is not on the deal. */
  partner: Outcome | null;
  credit: number;
}

/** Writes of one hand alone after which a partner has more on the deal. */
export interface Hole {
  hand: Hand;
  /** Null: any partner that is not on the deal. */
  partnerId: string | null;
  /** The outcome that it gets; credited, and better than before. */
  outcome: Outcome;
  writes: Write[];
  cost: Cost;
  before: Standing;
  after: Standing;
  /** The gray areas that open by it, sorted: where the two would see it. Empty: nowhere. */
  seenAs: GrayCode[];
}

export interface SearchOptions {
  /** What each hand may; ours unless told. */
  powers?: Readonly<Record<Hand, Powers>>;
  /** Whose; everybody's unless told. */
  hands?: readonly Hand[];
  /** Partners not on the deal that are worth a try besides anybody: those in a program. */
  others?: readonly PartnerFacts[];
}

/** The partner of a hole in the facts that its writes make. */
export const partnerOfHole = ({ partnerId }: Pick<Hole, "partnerId">) => partnerId ?? ANYBODY;

/** The facts as they stand after a hole's writes; the options are those that it was found with. */
export function factsAfter(
  facts: Facts,
  hole: Hole,
  { powers = POWERS, others = [] }: Pick<SearchOptions, "powers" | "others"> = {},
): Facts {
  const id = partnerOfHole(hole);
  const partner = others.find((one) => one.id === id) ?? partnerOf(facts, id);
  return afterWrites(withPartner(facts, partner), id, hole.writes, powers[hole.hand].countersignsItself);
}

/** Stands for any partner that is not on the deal: no id that people give begins so. */
const ANYBODY = "~anybody";

/**
 * The cheapest writes of each hand alone that give some partner a better credited outcome on the deal, and beside
 * them, where they would be seen as a gray area, the cheapest that are not. By number of writes, then by days dated
 * back; of equals the first that is tried. Tried is what the failing tests of a better outcome ask for, on every day
 * on which the answer could change; each is judged by `classify`. Deterministic, and bounded by the memo's minimums.
 * Source: domain.md §8.8.
 */
export function findHoles(policy: Policy, facts: Facts, options: SearchOptions = {}): Hole[] {
  const { powers = POWERS, others = [], hands = HANDS } = options;
  const before = classify(policy, facts);
  const onDeal = before.partners.map(({ partnerId }) => partnerOf(facts, partnerId));
  const rest = others.filter(({ id }) => !onDeal.some((partner) => partner.id === id));
  const anybody: PartnerFacts = { id: ANYBODY, kind: "integrator", parentId: null, programs: [] };
  return hands.flatMap((hand) =>
    [...onDeal, anybody, ...rest].flatMap((partner) =>
      holesOf({ policy, facts: withPartner(facts, partner), partner, powers: powers[hand] }, hand, before),
    ),
  );
}

function partnerOf(facts: Facts, id: string): PartnerFacts {
  return (
    facts.partners.find((one) => one.id === id) ?? { id, kind: "integrator", parentId: null, programs: [] }
  );
}

function withPartner(facts: Facts, partner: PartnerFacts): Facts {
  return facts.partners.some(({ id }) => id === partner.id)
    ? facts
    : { ...facts, partners: [...facts.partners, partner] };
}

/** For each better outcome the cheapest, and the cheapest that nobody would see; the best outcome first. */
function holesOf(attempt: Attempt, hand: Hand, before: Result): Hole[] {
  const { policy, partner } = attempt;
  const is = standingOf(before, partner.id);
  const place = is.partner === null ? Number.POSITIVE_INFINITY : rank(policy.model, is.partner);
  const found: Hole[] = [];
  outcomesOf(policy.model).forEach((outcome, at) => {
    if (at >= place || !isCredited(outcome)) return;
    for (const hole of new Set(cheapestOf(attempt, hand, outcome, before)))
      if (hole !== null && !found.some((better) => outdoes(better, hole))) found.push(hole);
  });
  return found;
}

/** Whether a better outcome costs no more and is seen nowhere else: nobody would take less. */
function outdoes(better: Hole, hole: Hole): boolean {
  return (
    better.outcome !== hole.outcome &&
    compareCost(better.cost, hole.cost) <= 0 &&
    better.seenAs.every((code) => hole.seenAs.includes(code))
  );
}

/** The cheapest hole and the cheapest that opens no gray area; the combinations are tried in order of cost. */
function cheapestOf(
  attempt: Attempt,
  hand: Hand,
  outcome: Outcome,
  before: Result,
): [cheapest: Hole | null, unseen: Hole | null] {
  const { asOf } = attempt.facts;
  const cheaper = (cost: Cost, than: Hole | null) => than === null || compareCost(cost, than.cost) < 0;
  let cheapest: Hole | null = null;
  let unseen: Hole | null = null;
  const inOrder = tried(attempt, outcome)
    .map((writes) => ({ writes, cost: costOf(writes, asOf) }))
    .sort((one, other) => compareCost(one.cost, other.cost));
  for (const { writes, cost } of inOrder) {
    // What updates add can only make it dearer.
    if (!cheaper(cost, unseen)) break;
    const hole = holeBy(attempt, { hand, outcome, writes, before });
    if (hole === null) continue;
    if (cheaper(hole.cost, cheapest)) cheapest = hole;
    if (hole.seenAs.length === 0 && cheaper(hole.cost, unseen)) unseen = hole;
  }
  return [cheapest, unseen];
}

/** Every combination of what the tests of a rule could be given; with nothing, updates alone may be what is missing. */
function tried(attempt: Attempt, outcome: Outcome): Write[][] {
  const rule = rulesOf(attempt.policy.model).find((one) => one.outcome === outcome);
  if (rule === undefined || rule.unless?.(attempt.policy)) return [];
  const { deal, cohort } = attempt.facts;
  // How fast a deal was won nobody writes.
  if (outcome === "accelerated" && (deal.outcome !== "won" || cohort.medianCycleDays === null)) return [];
  return rule.needs.flatMap((tests) => {
    let combined: Write[][] = [[]];
    for (const test of tests) {
      const options = optionsFor(test, attempt);
      combined = combined.flatMap((writes) => options.map((more) => [...writes, ...more]));
    }
    return combined;
  });
}

interface Trial {
  hand: Hand;
  outcome: Outcome;
  writes: Write[];
  before: Result;
}

/** The hole, if the writes make exactly that outcome; updates that are then owed are written with them. */
function holeBy(attempt: Attempt, { hand, outcome, writes, before }: Trial): Hole | null {
  const { policy, facts, partner, powers } = attempt;
  const judged = (all: readonly Write[]) =>
    classify(policy, afterWrites(facts, partner.id, all, powers.countersignsItself));
  let all = writes;
  let after = judged(all);
  let is = partnerIn(after, partner.id);
  if (is?.outcome !== outcome && is?.disputed === outcome) {
    all = [...writes, ...updatesOwed(attempt, is)];
    after = judged(all);
    is = partnerIn(after, partner.id);
  }
  if (is?.outcome !== outcome || all.length === 0) return null;
  const known = new Set(before.gray);
  return {
    ...{ hand, outcome, writes: all, cost: costOf(all, facts.asOf) },
    partnerId: partner.id === ANYBODY ? null : partner.id,
    ...{ before: standingOf(before, partner.id), after: standingOf(after, partner.id) },
    seenAs: after.gray.filter((code) => !known.has(code)),
  };
}

/** The activities that a sourced partner owes of past months (§4 updates), on the last day of each. */
function updatesOwed(attempt: Attempt, { missing }: PartnerResult): Write[] {
  const { facts, policy, powers } = attempt;
  const [type] = policy.motions;
  if (powers.activity === null || type === undefined) return [];
  return missing.flatMap((one) => {
    if (one.lacks !== "updates") return [];
    const month = monthIndex(`${one.month}-01`);
    const occurredOn = lastOfMonth(month) <= facts.asOf ? lastOfMonth(month) : firstOfMonth(month);
    const stage: Stage = powers.activity === "typed" ? 0 : stageOn(facts.stages, occurredOn);
    const update: Write = {
      ...{ kind: "activity", type, stage, occurredOn },
      ...{ recordedOn: recordDay(attempt, occurredOn), involvement: "direct" },
    };
    return Array<Write>(one.count).fill(update);
  });
}

function partnerIn({ partners }: Result, id: string): PartnerResult | undefined {
  return partners.find(({ partnerId }) => partnerId === id);
}

function standingOf(result: Result, partnerId: string): Standing {
  const partner = partnerIn(result, partnerId);
  const [credit = 0] = Object.values(partner?.credit ?? {});
  return { deal: result.outcome, partner: partner?.outcome ?? null, credit };
}

import { FactsTable, NONE } from "./columns";
import { whatSettles } from "./dispute";
import type { Facts } from "./facts";
import { grayCodes } from "./gray";
import { outcomeOfNobody, ruleName } from "./models";
import { nextStep } from "./next";
import { Outcomes } from "./outcomes";
import type { Policy } from "./policy";
import type { PartnerResult, Result, TestResult } from "./result";
import { ORDERED, type Tests } from "./tests";
import { GRADES, type Grade, MODELS, OUTCOMES, TESTS } from "./vocabulary";
import { NOTHING, type Weighing } from "./weighing";

/** Words are kept from deal to deal, up to so many: a stranger's documents may bring new ones without end. */
const MOST_WORDS = 4_096;

/** One deal at a time lies here: judging is synchronous, and each call begins with an empty table. */
let table = new FactsTable();
let judges = new WeakMap<Policy, Outcomes>();

/**
 * What a policy makes of one deal (domain.md §4-§6): its outcome, every partner's outcome with tests,
 * dispute, credit in minor units of the deal's currency and next step, and the gray areas. Pure: the
 * same documents give the same result, whatever the order of their facts. Both must have been parsed
 * (`parsePolicy`, `parseFacts`) or come from a store with the same guards; nothing is refused here.
 *
 * Many deals without explanation: `Outcomes`, of which this is the wording.
 */
export function classify(policy: Policy, facts: Facts): Result {
  if (table.words.list.length > MOST_WORDS) {
    table = new FactsTable();
    judges = new WeakMap();
  }
  table.clear();
  table.add(facts);
  if (table.partners === 0) {
    return { outcome: outcomeOfNobody(policy.model), evidence: null, partners: [], gray: [] };
  }
  let judge = judges.get(policy);
  if (judge === undefined) {
    judge = new Outcomes(table, policy);
    judges.set(policy, judge);
  }
  const weighing = judge.judgeDeal(0);
  const partners: PartnerResult[] = [];
  for (let partner = 0; partner < table.partners; partner++) partners.push(explain(judge, weighing, partner));
  return {
    outcome: OUTCOMES[judge.outcome[0]!]!,
    evidence: gradeAt(judge.evidence[0]!),
    partners,
    gray: grayCodes(judge.gray[0]!),
  };
}

function explain(judge: Outcomes, weighing: Weighing, partner: number): PartnerResult {
  const { table, policy, compiled } = weighing;
  const better = judge.disputedOf[partner]!;
  const missing = better === NONE ? [] : whatSettles(weighing, partner, better);
  const passed = weighing.weigh(partner, compiled.least, NOTHING);
  weighing.markTouches();
  const outcome = OUTCOMES[judge.outcomeOf[partner]!]!;
  const credit = judge.evidenceOf[partner] === NONE ? {} : { [outcome]: judge.creditOf[partner]! };
  const place = partner * MODELS.length + compiled.model;
  const isRuled = table.ruled[place] !== NONE;
  return {
    partnerId: table.partnerIds[partner]!,
    outcome,
    disputed: better === NONE ? null : OUTCOMES[better]!,
    missing,
    credit,
    evidence: gradeAt(judge.evidenceOf[partner]!),
    rule: isRuled ? table.rulingIds[place]! : ruleName(policy.model, outcome),
    tests: testsOf(weighing, partner, passed),
    next: isRuled ? null : nextStep(weighing, outcome, passed),
  };
}

function gradeAt(place: number): Grade | null {
  return place === NONE ? null : GRADES[place]!;
}

/** The verdicts of the tests, each with the ids of the facts behind it. */
function testsOf(weighing: Weighing, partner: number, passed: Tests): TestResult[] {
  const { table, marks, firstFact } = weighing;
  const order = byId(weighing, partner);
  return TESTS.map((test, at) => {
    const holds = (passed & (1 << at)) !== 0;
    const facts: string[] = [];
    if (test === "accelerated") facts.push(table.dealIds[weighing.deal]!);
    const wanted = holds ? ORDERED[at]!.rests : ORDERED[at]!.near;
    // Where no updates are owed, no fact is behind that.
    if (test === "updates" && !weighing.owesUpdates) return { test, passed: holds, facts };
    for (const fact of order) if ((marks[fact - firstFact]! & wanted) !== 0) facts.push(table.factIds[fact]!);
    return { test, passed: holds, facts };
  });
}

/** The partner's facts in order of id, by code unit. */
function byId({ table, firstFact, endFact }: Weighing, partner: number): number[] {
  const { factIds } = table;
  const order: number[] = [];
  for (let fact = firstFact; fact < endFact; fact++) {
    if (table.partner[fact] !== partner) continue;
    let at = order.length;
    const id = factIds[fact]!;
    while (at > 0 && factIds[order[at - 1]!]! > id) at -= 1;
    order.splice(at, 0, fact);
  }
  return order;
}

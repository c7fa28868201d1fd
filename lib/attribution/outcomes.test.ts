import { existsSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber } from "../calendar";
import { classify } from "./classify";
import { FactsTable, NONE } from "./columns";
import type { Facts } from "./facts";
import { factsArbitrary, policyArbitrary } from "./facts.arbitrary";
import { grayCodes } from "./gray";
import { Outcomes } from "./outcomes";
import { pack, Unpacking } from "./packed";
import { parseFacts } from "./parse-facts";
import { parsePolicyChoice } from "./parse-policy";
import type { Policy } from "./policy";
import { GRADES, OUTCOMES, TESTS } from "./vocabulary";

/** What columns say of a deal, as far as they do, in the words of a result. */
function inWords(outcomes: Outcomes, deal: number) {
  const { table } = outcomes;
  const gradeAt = (place: number | undefined) => (place === NONE ? null : GRADES[place!]);
  const partners = [];
  for (let partner = table.firstPartner[deal]!; partner < table.firstPartner[deal + 1]!; partner++) {
    const disputed = outcomes.disputedOf[partner]!;
    partners.push({
      partnerId: table.partnerIds[partner],
      outcome: OUTCOMES[outcomes.outcomeOf[partner]!],
      disputed: disputed === NONE ? null : OUTCOMES[disputed],
      credit: outcomes.creditOf[partner],
      evidence: gradeAt(outcomes.evidenceOf[partner]),
      passed: TESTS.filter((_, at) => (outcomes.passed[partner]! & (1 << at)) !== 0),
    });
  }
  return {
    outcome: OUTCOMES[outcomes.outcome[deal]!],
    evidence: gradeAt(outcomes.evidence[deal]),
    gray: grayCodes(outcomes.gray[deal]!),
    partners,
  };
}

function explained(policy: Policy, facts: Facts) {
  const { outcome, evidence, gray, partners } = classify(policy, facts);
  return {
    ...{ outcome, evidence, gray },
    partners: partners.map((one) => ({
      ...{ partnerId: one.partnerId, outcome: one.outcome, disputed: one.disputed, evidence: one.evidence },
      credit: one.credit[one.outcome] ?? 0,
      passed: one.tests.filter(({ passed }) => passed).map(({ test }) => test),
    })),
  };
}

function tableOf(documents: readonly Facts[]): FactsTable {
  const table = new FactsTable();
  for (const facts of documents) table.add(facts);
  return table;
}

/** The same deals, written as lines and read again. */
function repacked(table: FactsTable, documents: readonly Facts[]): FactsTable {
  const text = documents.map((_, deal) => pack(table, deal)).join("");
  const read = new FactsTable();
  const unpacking = new Unpacking(read);
  let at = 0;
  for (const [deal, { asOf, deal: of, cohort }] of documents.entries()) {
    at = unpacking.read(of.id, dayNumber(asOf), text, at);
    read.medianCycleDays[deal] = cohort.medianCycleDays ?? Number.NaN;
  }
  expect(at).toBe(text.length);
  return read;
}

function judged(policy: Policy, table: FactsTable) {
  const outcomes = new Outcomes(table, policy);
  outcomes.judge();
  return Array.from({ length: table.deals }, (_, deal) => inWords(outcomes, deal));
}

const FILES = ["fixtures/cases.json", "../shared/cases/two-hands.json"].filter(existsSync);
const cases: [name: string, policy: Policy, facts: Facts][] = FILES.flatMap((file) =>
  JSON.parse(readFileSync(file, "utf8")).map((one: { name: string; policy: unknown; facts: unknown }) => [
    one.name,
    parsePolicyChoice(one.policy),
    parseFacts(one.facts),
  ]),
);

describe("outcomes in columns", () => {
  it("are what the explained results say, of any deals under any policy, packed or not", () => {
    const deals = fc.array(factsArbitrary, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(policyArbitrary, deals, (policy, documents) => {
        const expected = documents.map((facts) => explained(policy, facts));
        const table = tableOf(documents);
        expect(judged(policy, table)).toEqual(expected);
        expect(judged(policy, repacked(table, documents))).toEqual(expected);
      }),
      { numRuns: 2000, seed: 20261128 },
    );
  });

  it.each(cases)("are what the worked case says: %s", (_, policy, facts) => {
    const table = tableOf([facts]);
    const expected = [explained(policy, facts)];
    expect(judged(policy, table)).toEqual(expected);
    expect(judged(policy, repacked(table, [facts]))).toEqual(expected);
  });

  it("agree with those of another policy where all that is kept of a deal is the same, and nowhere else", () => {
    const kept = (policy: Policy, facts: Facts) => {
      const { outcome, evidence, gray, partners } = classify(policy, facts);
      return {
        ...{ outcome, evidence, gray },
        partners: partners.map(({ missing, tests, next, ...one }) => one),
      };
    };
    const pairs = fc.oneof(
      fc.tuple(policyArbitrary, policyArbitrary),
      policyArbitrary.map((one): [Policy, Policy] => [one, { ...one, influenceWindowDays: 30 }]),
      policyArbitrary.map((one): [Policy, Policy] => [
        one,
        { ...one, updates: { ...one.updates, above: 1 } },
      ]),
      policyArbitrary.map((one): [Policy, Policy] => [one, { ...one, evidence: "countersigned" }]),
    );
    let [same, different] = [0, 0];
    fc.assert(
      fc.property(pairs, factsArbitrary, ([one, other], facts) => {
        const table = tableOf([facts]);
        const [before, after] = [new Outcomes(table, one), new Outcomes(table, other)];
        before.judge();
        after.judge();
        const equal = isDeepStrictEqual(kept(one, facts), kept(other, facts));
        expect(after.agreesWith(before, 0)).toBe(equal);
        if (equal) same++;
        else different++;
      }),
      { numRuns: 2000, seed: 20261128 },
    );
    expect(Math.min(same, different)).toBeGreaterThan(200);
  });

  it("are those of the deals that are in the table now", () => {
    const [one, other] = fc.sample(factsArbitrary, { numRuns: 2, seed: 3 }) as [Facts, Facts];
    const policy = cases[0]![1];
    const table = tableOf([one, other]);
    const outcomes = new Outcomes(table, policy);
    outcomes.judge();
    table.clear();
    table.add(other);
    outcomes.judge();
    expect(inWords(outcomes, 0)).toEqual(explained(policy, other));
  });
});

describe("a packed deal", () => {
  it("keeps words of any script and any length, and amounts to the last unit", () => {
    const [facts] = fc.sample(factsArbitrary, { numRuns: 1, seed: 11 }) as [Facts];
    const strange: Facts = {
      ...facts,
      deal: { ...facts.deal, amount: Number.MAX_SAFE_INTEGER, currency: "JPY" },
      activities: [
        {
          ...{ id: "A", partnerId: "Ünï\\côde \u{1F600}", type: "our own: 'type' with, marks", stage: 2 },
          ...{ occurredOn: "0001-01-01", recordedOn: facts.asOf, proof: "note:1", involvement: "direct" },
          ...{ source: null, secondHandOn: null },
        },
      ],
    };
    const table = tableOf([strange]);
    const read = repacked(table, [strange]);
    expect(read.amount[0]).toBe(Number.MAX_SAFE_INTEGER);
    expect(read.partnerIds.slice(0, read.partners)).toEqual(table.partnerIds.slice(0, table.partners));
    expect(read.words.list[read.currency[0]!]).toBe("JPY");
    expect(read.words.list[read.what[0]!]).toBe("our own: 'type' with, marks");
    expect(read.happenedOn[0]).toBe(0);
  });
});

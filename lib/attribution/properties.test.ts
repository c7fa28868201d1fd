// Long: every property of the heart over the same generated facts, so that no rule is left out of them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify } from "./classify";
import type { Activity, Facts, Registration, RoleRow, Witness } from "./facts";
import { AS_OF, factsArbitrary, PARTNER_IDS, policyArbitrary } from "./facts.arbitrary";
import { isCredited, outcomesOf, rank } from "./models";
import { parseFacts } from "./parse-facts";
import { parsePolicy } from "./parse-policy";
import { type Policy, updatesOwedAbove } from "./policy";
import type { Missing, PartnerResult, Result } from "./result";
import { GRADES, GRAY_CODES, type Grade, MODELS, TESTS } from "./vocabulary";

/** What must hold whatever the facts are (domain.md §4-§6). */

const RUNS = { numRuns: 2000, seed: 20260630 };

function partnerOf(result: Result, partnerId: string): PartnerResult | undefined {
  return result.partners.find((partner) => partner.partnerId === partnerId);
}

/** The facts with the named gaps filled, as people would fill them. */
function fill(facts: Facts, partnerId: string, missing: readonly Missing[]): Facts {
  const lacks = (what: Missing["lacks"], id: string) =>
    missing.some((gap) => gap.lacks === what && gap.factId === id);
  const updates = missing.flatMap((gap): Activity[] =>
    gap.lacks !== "updates"
      ? []
      : Array.from({ length: gap.count }, (_, index) => ({
          id: `update-${gap.month}-${index}`,
          partnerId,
          type: "account_mapping",
          stage: 1,
          occurredOn: `${gap.month}-15`,
          recordedOn: `${gap.month}-15`,
          proof: null,
          involvement: "supportive",
          source: "crm",
          secondHandOn: null,
        })),
  );
  const countersigned = <F extends RoleRow | Activity | Registration>(fact: F): F =>
    lacks("second_hand", fact.id) ? { ...fact, secondHandOn: AS_OF } : fact;
  return {
    ...facts,
    roles: facts.roles
      .map(countersigned)
      .map((row) => (lacks("confirmation", row.id) ? { ...row, confirmedOn: AS_OF } : row)),
    registrations: facts.registrations
      .map(countersigned)
      .map((registration) =>
        lacks("approval", registration.id)
          ? { ...registration, status: "approved", decidedOn: AS_OF }
          : registration,
      ),
    activities: [
      ...facts.activities
        .map(countersigned)
        .map((activity) => (lacks("proof", activity.id) ? { ...activity, proof: "note:found" } : activity)),
      ...updates,
    ],
  };
}

/** Every single gap in a partner's facts, needed or not. */
function gapsIn(facts: Facts, partnerId: string): Missing[] {
  const mine = (fact: { partnerId: string }) => fact.partnerId === partnerId;
  return [
    ...facts.roles
      .filter((row) => mine(row) && row.confirmedOn === null)
      .map((row) => gap(row, "confirmation")),
    ...facts.activities.filter((fact) => mine(fact) && fact.proof === null).map((fact) => gap(fact, "proof")),
    ...facts.registrations
      .filter((fact) => mine(fact) && fact.status === "pending")
      .map((fact) => gap(fact, "approval")),
  ];
}

function gap({ id }: { id: string }, lacks: "confirmation" | "proof" | "approval"): Missing {
  return { factId: id, lacks };
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const member of Object.values(value)) freeze(member);
    Object.freeze(value);
  }
  return value;
}

describe("the generators", () => {
  const seen = new Set<string>();
  for (const [policy, facts] of fc.sample(fc.tuple(policyArbitrary, factsArbitrary), {
    ...RUNS,
    numRuns: 8000,
  })) {
    const result = classify(policy, facts);
    for (const code of result.gray) seen.add(`gray ${code}`);
    for (const partner of result.partners) {
      seen.add(`${policy.model} ${partner.outcome}`);
      if (partner.rule.startsWith("X-")) seen.add(`ruled ${policy.model}`);
      if (partner.evidence) seen.add(`evidence ${partner.evidence}`);
      if (partner.disputed) seen.add(`disputed ${policy.model} ${partner.disputed}`);
      for (const { lacks } of partner.missing) seen.add(`lacks ${lacks}`);
      for (const { test, passed } of partner.tests) seen.add(`${test} ${passed}`);
      for (const step of partner.next?.missing ?? []) seen.add(`next ${step.split(":")[0]}`);
    }
  }
  const steps = [
    "origin",
    "gate",
    "net_new",
    "motion",
    "any",
    "late",
    "accelerated",
    "in_time_role",
    "co_sell",
    "updates",
  ];
  const expected = [
    ...GRAY_CODES.map((code) => `gray ${code}`),
    ...MODELS.flatMap((model) => outcomesOf(model).map((outcome) => `${model} ${outcome}`)),
    ...MODELS.map((model) => `ruled ${model}`),
    ...GRADES.map((grade) => `evidence ${grade}`),
    ...MODELS.flatMap((model) =>
      outcomesOf(model)
        .filter((outcome) => isCredited(outcome))
        .map((outcome) => `disputed ${model} ${outcome}`),
    ),
    ...["proof", "confirmation", "approval", "second_hand", "updates"].map((lacks) => `lacks ${lacks}`),
    ...TESTS.flatMap((test) => [`${test} true`, `${test} false`]),
    ...steps.map((step) => `next ${step}`),
  ];

  it.each(expected)("reach: %s", (occurrence) => {
    expect(seen.has(occurrence)).toBe(true);
  });

  it("make documents that parse to themselves", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        expect(parseFacts(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
        expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
      }),
      { ...RUNS, numRuns: 300 },
    );
  });
});

describe("classify", () => {
  it("changes neither document", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        classify(freeze(structuredClone(policy)), freeze(facts));
      }),
      RUNS,
    );
  });

  it("does not care in what order facts and partners come", () => {
    const shuffled = factsArbitrary.chain((facts) => {
      const shuffle = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length });
      return fc.record({
        facts: fc.constant(facts),
        other: fc.record({
          asOf: fc.constant(facts.asOf),
          deal: fc.constant(facts.deal),
          stages: fc.constant(facts.stages),
          partners: shuffle(facts.partners),
          registrations: shuffle(facts.registrations),
          roles: shuffle(facts.roles),
          activities: shuffle(facts.activities),
          rulings: shuffle(facts.rulings),
          cohort: fc.constant(facts.cohort),
        }),
      });
    });
    fc.assert(
      fc.property(policyArbitrary, shuffled, (policy, { facts, other }) => {
        expect(classify(policy, other)).toEqual(classify(policy, facts));
      }),
      RUNS,
    );
  });

  it("gives each deal the best of its partners' outcomes, in the model's order", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        const { outcome, partners } = classify(policy, facts);
        const ranks = partners.map((partner) => rank(policy.model, partner.outcome));
        if (partners.length === 0) expect(outcome).toBe(policy.model === "lanes" ? "unattributed" : "none");
        else expect(rank(policy.model, outcome)).toBe(Math.min(...ranks));
      }),
      RUNS,
    );
  });

  it("sums the lines of each credited outcome to the amount, shares no more than a unit apart", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        const { partners } = classify(policy, facts);
        for (const outcome of new Set(partners.map((partner) => partner.outcome))) {
          const sharers = partners.filter((partner) => partner.outcome === outcome);
          const lines = sharers.flatMap(({ credit }) => Object.values(credit));
          if (!isCredited(outcome)) {
            expect(lines).toEqual([]);
            continue;
          }
          expect(sharers.map(({ credit }) => Object.keys(credit))).toEqual(sharers.map(() => [outcome]));
          expect(lines.reduce((sum, line) => sum + line, 0)).toBe(facts.deal.amount);
          expect(Math.max(...lines) - Math.min(...lines)).toBeLessThanOrEqual(1);
        }
      }),
      RUNS,
    );
  });

  it("judges each partner on its own facts, but for work after the sale", () => {
    const own = ({ credit: _, ...rest }: PartnerResult) => rest;
    const isSourced = (result: Result, partnerId: string) =>
      partnerOf(result, partnerId)?.outcome === "sourced";
    fc.assert(
      fc.property(
        policyArbitrary,
        factsArbitrary,
        factsArbitrary,
        fc.constantFrom(...PARTNER_IDS),
        (policy, facts, donor, changed) => {
          const swap = <T extends { id: string; partnerId: string }>(list: T[], from: T[]) => [
            ...list.filter((fact) => fact.partnerId !== changed),
            ...from
              .filter((fact) => fact.partnerId === changed)
              .map((fact) => ({ ...fact, id: `other-${fact.id}` })),
          ];
          const other: Facts = {
            ...facts,
            registrations: swap(facts.registrations, donor.registrations),
            roles: swap(facts.roles, donor.roles),
            activities: swap(facts.activities, donor.activities),
            rulings: swap(facts.rulings, donor.rulings),
          };
          const before = classify(policy, facts);
          const after = classify(policy, other);
          const unaffected =
            policy.postSale === "ignore" || isSourced(before, changed) === isSourced(after, changed);
          for (const partner of before.partners) {
            if (partner.partnerId === changed) continue;
            const then = partnerOf(after, partner.partnerId) as PartnerResult;
            if (unaffected) expect(own(then)).toEqual(own(partner));
            else {
              // §4 post-sale: "no partner on the deal is sourced". Nothing else may move, and only this far.
              const otherTests = ({ tests }: PartnerResult) =>
                tests.filter(({ test }) => test !== "post_sale");
              expect(otherTests(then)).toEqual(otherTests(partner));
              if (then.outcome !== partner.outcome) {
                expect([then.outcome, partner.outcome].sort()).toEqual(["influence", "none"]);
              }
            }
          }
        },
      ),
      RUNS,
    );
  });

  it("is never made worse for a partner by proof, confirmation or approval", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        const before = classify(policy, facts);
        for (const partner of before.partners) {
          for (const gap of gapsIn(facts, partner.partnerId)) {
            const after = classify(policy, fill(facts, partner.partnerId, [gap]));
            const then = partnerOf(after, partner.partnerId) as PartnerResult;
            // An earlier touch day makes more months owe updates (§4), which may withhold sourced: the
            // one case, and it shows as sourced disputed for lack of updates.
            const owesMore =
              policy.updates.consequence === "dispute" &&
              partner.outcome === "sourced" &&
              then.disputed === "sourced" &&
              then.missing.every(({ lacks }) => lacks === "updates");
            if (!owesMore) {
              expect(rank(policy.model, then.outcome)).toBeLessThanOrEqual(
                rank(policy.model, partner.outcome),
              );
            }
          }
        }
      }),
      RUNS,
    );
  });

  it("does not see what is dated after asOf", () => {
    const later = "2026-07-01";
    fc.assert(
      fc.property(
        policyArbitrary,
        factsArbitrary,
        fc.constantFrom(...PARTNER_IDS),
        (policy, facts, partnerId) => {
          const activity: Activity = {
            id: "later-1",
            partnerId,
            type: "joint_discovery",
            stage: 2,
            occurredOn: "2026-06-01",
            recordedOn: later,
            proof: "note:1",
            involvement: "direct",
            source: null,
            secondHandOn: null,
          };
          const planned: Activity = {
            ...activity,
            id: "later-2",
            occurredOn: later,
            recordedOn: "2026-06-01",
          };
          const registration: Registration = {
            id: "later",
            partnerId,
            submittedOn: "2026-01-02",
            recordedOn: "2026-01-02",
            status: "approved",
            decidedOn: "2026-01-02",
            source: "prm",
            secondHandOn: null,
          };
          const countersigned = <F extends Witness>(fact: F): F =>
            fact.secondHandOn === null ? { ...fact, secondHandOn: later } : fact;
          const more: Facts = {
            ...facts,
            deal: { ...facts.deal, amendedOn: facts.deal.amendedOn ?? later },
            roles: [
              ...facts.roles
                .map(countersigned)
                .map((row) => (row.confirmedOn === null ? { ...row, confirmedOn: later } : row)),
              {
                id: "later-3",
                partnerId,
                role: "sourcer",
                touchStage: 0,
                touchedOn: "2025-12-01",
                recordedOn: later,
                confirmedOn: later,
                source: null,
                secondHandOn: null,
              },
            ],
            registrations: [
              ...facts.registrations
                .map(countersigned)
                .map((one) =>
                  one.status === "pending" ? { ...one, status: "approved" as const, decidedOn: later } : one,
                ),
              { ...registration, id: "later-4", submittedOn: later },
              { ...registration, id: "later-6", recordedOn: later },
            ],
            activities: [...facts.activities.map(countersigned), activity, planned],
            rulings: [
              ...facts.rulings,
              { id: "later-5", partnerId, model: policy.model, outcome: "sourced", decidedOn: later },
            ],
          };
          expect(classify(policy, more)).toEqual(classify(policy, facts));
        },
      ),
      RUNS,
    );
  });

  it("names for a dispute exactly what settles it: with all of it the better outcome, with less not", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        for (const { partnerId, outcome, disputed, missing } of classify(policy, facts).partners) {
          expect(missing.length > 0).toBe(disputed !== null);
          if (disputed === null) continue;
          expect(rank(policy.model, disputed)).toBeLessThan(rank(policy.model, outcome));
          const settled = partnerOf(classify(policy, fill(facts, partnerId, missing)), partnerId);
          expect(settled?.outcome).toBe(disputed);
          for (const gap of missing) {
            const less = missing.filter((other) => other !== gap);
            const unsettled = partnerOf(classify(policy, fill(facts, partnerId, less)), partnerId);
            expect(unsettled?.outcome).not.toBe(disputed);
          }
        }
      }),
      RUNS,
    );
  });

  it("lets the latest ruling for the model decide, and nothing else settle or raise it", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        for (const partner of classify(policy, facts).partners) {
          const [latest] = facts.rulings
            .filter(({ partnerId, model }) => partnerId === partner.partnerId && model === policy.model)
            .sort((a, b) => (`${a.decidedOn} ${a.id}` > `${b.decidedOn} ${b.id}` ? -1 : 1));
          if (latest === undefined) {
            expect(partner.rule).toBe(`${policy.model}.${partner.outcome}`);
            continue;
          }
          const { outcome, disputed, missing, rule, next } = partner;
          expect({ outcome, disputed, missing, rule, next }).toEqual({
            outcome: latest.outcome,
            disputed: null,
            missing: [],
            rule: latest.id,
            next: null,
          });
        }
      }),
      RUNS,
    );
  });

  it("names a next step for every outcome but the best and the ruled", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        for (const { outcome, next, rule } of classify(policy, facts).partners) {
          const nothingBetter = outcome === "sourced" || rule.startsWith("X-");
          expect(next === null).toBe(nothingBetter);
          if (next === null) continue;
          expect(next.missing.length).toBeGreaterThan(0);
          expect(rank(policy.model, next.outcome)).toBeLessThan(rank(policy.model, outcome));
        }
      }),
      RUNS,
    );
  });
});

describe("evidence", () => {
  /** Whether the deal owes updates that can withhold sourced: then an earlier touch that counts owes more of them. */
  const mayWithhold = (policy: Policy, { deal }: Facts) =>
    policy.updates.consequence === "dispute" &&
    deal.amount > (updatesOwedAbove(policy, deal.currency) ?? Number.POSITIVE_INFINITY);
  const gradeRank = (grade: Grade | null) => (grade === null ? -1 : GRADES.indexOf(grade));
  const raised = <F extends Witness>(fact: F): F[] => [
    ...(fact.source === null && fact.secondHandOn === null ? [{ ...fact, secondHandOn: AS_OF }] : []),
    ...(fact.source === null ? [{ ...fact, source: "crm" as const }] : []),
  ];
  /** The facts with one of them a grade better, in every way there is. */
  function* raisings(facts: Facts): Generator<[partnerId: string, facts: Facts]> {
    for (const list of ["registrations", "roles", "activities"] as const) {
      for (const [at, fact] of facts[list].entries()) {
        for (const better of raised(fact)) {
          yield [fact.partnerId, { ...facts, [list]: facts[list].with(at, better as never) }];
        }
      }
    }
  }

  it("is there exactly where credit is, and the deal's is the best of its outcome's", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        const { outcome, evidence, partners } = classify(policy, facts);
        for (const partner of partners) {
          expect(partner.evidence !== null).toBe(isCredited(partner.outcome));
          if (partner.rule.startsWith("X-") && partner.evidence !== null)
            expect(partner.evidence).not.toBe("stated");
          if (partner.evidence !== null && !partner.rule.startsWith("X-"))
            expect(gradeRank(partner.evidence)).toBeGreaterThanOrEqual(gradeRank(policy.evidence));
        }
        const own = partners.filter((partner) => partner.outcome === outcome);
        const best = Math.max(-1, ...own.map((partner) => gradeRank(partner.evidence)));
        expect(gradeRank(evidence)).toBe(best);
      }),
      RUNS,
    );
  });

  it("is the highest grade whose facts alone earn as much", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        for (const partner of classify(policy, facts).partners) {
          if (!isCredited(partner.outcome) || partner.rule.startsWith("X-")) continue;
          const earns = (least: Grade) => {
            const only = <F extends Witness & { partnerId: string; recordedOn: string }>(list: F[]) =>
              list.filter((fact) => {
                const hand = fact.secondHandOn !== null && fact.secondHandOn <= AS_OF;
                const grade = fact.source ? "witnessed" : hand ? "countersigned" : "stated";
                return fact.partnerId !== partner.partnerId || gradeRank(grade) >= gradeRank(least);
              });
            const { registrations, roles, activities } = facts;
            const part = {
              ...facts,
              registrations: only(registrations),
              roles: only(roles),
              activities: only(activities),
            };
            const then = partnerOf(classify(policy, part), partner.partnerId);
            return (
              then !== undefined && rank(policy.model, then.outcome) <= rank(policy.model, partner.outcome)
            );
          };
          const highest = GRADES.filter(earns).at(-1);
          expect(partner.evidence).toBe(highest);
        }
      }),
      RUNS,
    );
  });

  it("is never lowered by a better grade of a fact, nor is its outcome", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        fc.pre(!mayWithhold(policy, facts));
        const before = classify(policy, facts);
        for (const [partnerId, better] of raisings(facts)) {
          const [was, is] = [partnerOf(before, partnerId), partnerOf(classify(policy, better), partnerId)];
          if (was === undefined || is === undefined) continue;
          expect(rank(policy.model, is.outcome)).toBeLessThanOrEqual(rank(policy.model, was.outcome));
          if (is.outcome === was.outcome)
            expect(gradeRank(is.evidence)).toBeGreaterThanOrEqual(gradeRank(was.evidence));
        }
      }),
      { ...RUNS, numRuns: 1000 },
    );
  });

  it("asked for in a higher grade never gives a deal or a partner more, but for work after the sale", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        fc.pre(!mayWithhold(policy, facts));
        const [stated, ...stricter] = GRADES.map((evidence) => classify({ ...policy, evidence }, facts));
        let before = stated as Result;
        for (const after of stricter) {
          expect(rank(policy.model, after.outcome)).toBeGreaterThanOrEqual(
            rank(policy.model, before.outcome),
          );
          for (const was of before.partners) {
            const is = partnerOf(after, was.partnerId) as PartnerResult;
            // Who no longer sourced the deal stands no longer in the way of influence after the sale.
            const freed = before.outcome === "sourced" && is.outcome === "influence";
            if (!freed)
              expect(rank(policy.model, is.outcome)).toBeGreaterThanOrEqual(rank(policy.model, was.outcome));
          }
          before = after;
        }
      }),
      RUNS,
    );
  });
});

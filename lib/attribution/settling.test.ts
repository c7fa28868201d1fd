import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonical";
import { factsArbitrary, policyArbitrary } from "./facts.arbitrary";
import { parseFacts } from "./parse-facts";
import { parsePolicy } from "./parse-policy";
import { type Policy, PRESETS } from "./policy";
import { policyDifference } from "./policy-difference";
import { settlingClauses, variantsOf, type YearsCase } from "./settling";

const { two_bucket } = PRESETS;

function facts(parts: object) {
  return parseFacts({
    asOf: "2026-06-30",
    deal: {
      ...{ id: "D-1", amount: 100, currency: "USD", type: "new", route: "direct", createdOn: "2026-01-10" },
      ...{ closedOn: "2026-04-01", outcome: "won", firstEngagedOn: null, recreatedFrom: null },
    },
    ...{ stages: [{ stage: 1, enteredOn: "2026-01-10" }], partners: [], registrations: [] },
    ...{ roles: [], activities: [], rulings: [], cohort: { medianCycleDays: null } },
    ...parts,
  });
}
const ROW = {
  ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-01-08" },
  ...{ recordedOn: "2026-04-05", confirmedOn: "2026-04-05" },
};
const DONE = {
  ...{
    id: "A-1",
    partnerId: "P-1",
    type: "training",
    stage: 2,
    occurredOn: "2026-02-01",
    recordedOn: "2026-02-01",
  },
  ...{ proof: "https://proof.example/1", involvement: "direct" },
};
/** A row of after the close on a deal where the partner worked in time, ruled sourced. */
const late = (id: string): YearsCase => ({
  ...{ id, kind: "late_record", facts: facts({ roles: [ROW], activities: [DONE] }) },
  ...{ ruling: { partnerId: "P-1", outcome: "sourced" }, decided: true },
});
/** Written down forty days after it happened, and left as the rule says. */
const slow = (id: string): YearsCase => ({
  ...{ id, kind: "delayed_record", ruling: null, decided: true },
  facts: facts({ activities: [{ ...DONE, type: "joint_pitch", recordedOn: "2026-03-13" }] }),
});

test("the clause that settles most of the year's cases comes first, with what it would go against", () => {
  const [first, second] = settlingClauses(two_bucket, [late("E-1"), late("E-2"), slow("E-3")]);
  expect(first).toMatchObject({
    clause: "edge-cases.late-tagging",
    policy: { lateRecording: "with_contemporaneous_evidence" },
    settles: ["E-1", "E-2"],
    against: [],
  });
  expect(second).toMatchObject({ clause: "edge-cases.delay", settles: ["E-3"], against: [] });
  expect(second!.policy.recordWithin.days).toBeGreaterThanOrEqual(40);
});

test("a clause that judges otherwise what was left as the rule says goes against it, and settles nothing", () => {
  const upheld: YearsCase = { ...late("E-1"), ruling: null };
  expect(settlingClauses(two_bucket, [upheld])).toEqual([]);
  const [clause] = settlingClauses(two_bucket, [late("E-2"), upheld]);
  expect(clause).toMatchObject({ settles: ["E-2"], against: ["E-1"] });
  // Nobody has said yet what an open one comes to, and what a ruling made of the deal the clause makes of it, too.
  const open: YearsCase = { ...upheld, decided: false };
  const ruling = {
    id: "X-1",
    partnerId: "P-1",
    model: "two_bucket",
    outcome: "sourced",
    decidedOn: "2026-04-09",
  };
  const beside: YearsCase = {
    ...upheld,
    facts: facts({ roles: [ROW], activities: [DONE], rulings: [ruling] }),
  };
  expect(settlingClauses(two_bucket, [late("E-2"), open])[0]?.against).toEqual([]);
  expect(settlingClauses(two_bucket, [late("E-2"), beside])[0]?.against).toEqual([]);
});

test("the ruling itself settles nothing: the text is to do without it", () => {
  const ruling = {
    id: "X-1",
    partnerId: "P-1",
    model: "two_bucket",
    outcome: "sourced",
    decidedOn: "2026-04-09",
  };
  const ruled: YearsCase = {
    ...late("E-1"),
    facts: facts({ roles: [ROW], activities: [DONE], rulings: [ruling] }),
  };
  expect(settlingClauses(two_bucket, [ruled])[0]?.clause).toBe("edge-cases.late-tagging");
  const none: YearsCase = { ...late("E-1"), facts: facts({ roles: [ROW], rulings: [ruling] }) };
  expect(settlingClauses(two_bucket, [none])).toEqual([]);
});

test("every variant is a policy that could be proposed, and reads otherwise in its clause", () => {
  fc.assert(
    fc.property(policyArbitrary, (policy: Policy) => {
      const variants = variantsOf(policy);
      expect(new Set(variants.map((one) => canonicalJson(one.policy))).size).toBe(variants.length);
      for (const variant of variants) {
        expect(parsePolicy(structuredClone(variant.policy))).toEqual(variant.policy);
        const read = policyDifference(policy, variant.policy).map(({ clause }) => clause);
        expect(read).toContain(variant.clause);
      }
    }),
    { numRuns: 30 },
  );
});

test("what a clause settles it does not go against, whatever the cases", () => {
  fc.assert(
    fc.property(factsArbitrary, policyArbitrary, (one, policy) => {
      const cases: YearsCase[] = [
        { id: "E-1", kind: "delayed_record", facts: one, ruling: null, decided: true },
      ];
      for (const { settles, against } of settlingClauses(policy, cases))
        expect([settles, against]).toEqual([["E-1"], []]);
    }),
    { numRuns: 40 },
  );
});

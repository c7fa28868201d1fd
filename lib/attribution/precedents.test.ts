import { expect, test } from "vitest";
import type { Activity, RoleRow } from "./facts";
import {
  contradicts,
  type Decided,
  likeCases,
  likenessSentence,
  type Traits,
  traitsOf,
  usualOf,
  usualSentence,
} from "./precedents";

const ROW: RoleRow = {
  ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-01-08" },
  ...{ recordedOn: "2026-02-11", confirmedOn: null, source: null, secondHandOn: null },
};
const DONE: Activity = {
  ...{ id: "A-1", partnerId: "P-1", type: "joint_pitch", stage: 3, occurredOn: "2026-01-20" },
  ...{
    recordedOn: "2026-01-21",
    proof: null,
    involvement: "direct",
    source: null,
    secondHandOn: "2026-01-22",
  },
};
const only = (parts: Partial<Parameters<typeof traitsOf>[0]>) =>
  traitsOf({ registrations: [], roles: [], activities: [], ...parts });

test.each<[string, Traits, Traits]>([
  [
    "one unconfirmed row before there was an opportunity",
    only({ roles: [ROW] }),
    {
      ...{ facts: "a role row", roles: "sourcer", evidence: "stated" },
      ...{ stage: "before there was an opportunity", gaps: "the AE's confirmation is missing" },
    },
  ],
  [
    "a row and an activity: the better evidence, the earlier stage, both gaps",
    only({ roles: [{ ...ROW, role: "influencer", touchStage: 2 }], activities: [DONE] }),
    {
      ...{ facts: "a role row and an activity", roles: "influencer", evidence: "countersigned" },
      ...{ stage: "in the selling stages", gaps: "the AE's confirmation is missing and proof is missing" },
    },
  ],
  ["nothing contested", only({}), { facts: "", roles: "", evidence: "", stage: "", gaps: "" }],
])("a case is known by its traits: %s", (_name, traits, expected) => {
  expect(traits).toEqual(expected);
});

test("neither whose deal it is, nor the days, nor whose partner, makes cases unlike", () => {
  const other = { ...ROW, id: "T-9", partnerId: "P-7", touchedOn: "2025-03-01", recordedOn: "2025-09-01" };
  expect(only({ roles: [other] })).toEqual(only({ roles: [ROW] }));
});

const TRAITS = only({ roles: [ROW] });
const decided = (id: string, traits: Traits, more: Partial<Decided> = {}): Decided => ({
  ...{ id, kind: "late_record", traits, decision: "ruling", outcome: "influenced", at: "2026-01-05" },
  ...more,
});
const NEAR = only({ roles: [{ ...ROW, confirmedOn: "2026-02-11" }] });
const FAR = only({ activities: [DONE] });

test("the like ones come closest first, then newest; another kind or too little in common is not like", () => {
  const found = likeCases({ kind: "late_record", traits: TRAITS }, [
    decided("E-near", NEAR),
    decided("E-old", TRAITS, { at: "2025-01-05" }),
    decided("E-new", TRAITS),
    decided("E-far", FAR),
    decided("E-other", TRAITS, { kind: "delayed_record" }),
  ]);
  expect(found.map(({ decided: { id }, shared }) => [id, shared.length])).toEqual([
    ["E-new", 5],
    ["E-old", 5],
    ["E-near", 4],
  ]);
});

const like = (...choices: Partial<Decided>[]) =>
  choices.map((choice, at) => ({ decided: decided(`E-${at}`, TRAITS, choice) }));
const UPHELD = { decision: "rule_upheld", outcome: null } as const;

test.each<[string, ReturnType<typeof like>, ReturnType<typeof usualOf>]>([
  ["three alike", like({}, {}, {}), { decision: "ruling", outcome: "influenced", count: 3, of: 3 }],
  ["two of three", like({}, UPHELD, {}), { decision: "ruling", outcome: "influenced", count: 2, of: 3 }],
  ["another outcome is another ruling", like({}, { outcome: "sourced" }), null],
  ["one alone is no custom", like({}), null],
  ["none", [], null],
])("how like cases are usually decided: %s", (_name, cases, usual) => {
  expect(usualOf(cases)).toEqual(usual);
});

test("what goes against the usual decision is told, and what does not is not", () => {
  const usual = usualOf(like({}, {}, {}));
  expect(usualSentence(usual!)).toBe("3 of 3 like cases were ruled influenced.");
  expect(contradicts(usual, { decision: "ruling", outcome: "influenced" })).toBe(false);
  expect(contradicts(usual, { decision: "ruling", outcome: "sourced" })).toBe(true);
  expect(contradicts(usual, UPHELD)).toBe(true);
  expect(contradicts(null, UPHELD)).toBe(false);
});

test("why a case is like another stands in a sentence", () => {
  expect(likenessSentence("late_record", NEAR, ["facts", "roles", "evidence", "stage"])).toBe(
    "Alike in 4 of 5: late record, over a role row, as sourcer, stated and before there was an opportunity.",
  );
});

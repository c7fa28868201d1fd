import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addDays } from "../calendar";
import { classify } from "./classify";
import type { Activity, Facts, Registration, RoleRow } from "./facts";
import { AS_OF, factsArbitrary, policyArbitrary } from "./facts.arbitrary";
import { activityOn, factsOnDay, laterDays, registrationOn, rowOn } from "./known";

const today = "2026-04-30";
const tomorrow = "2026-05-01";

const registration: Registration = {
  ...{ id: "R-1", partnerId: "P-1", submittedOn: today, recordedOn: today },
  ...{ status: "approved", decidedOn: today, source: "prm", secondHandOn: today },
};
const row: RoleRow = {
  ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: today, recordedOn: today },
  ...{ confirmedOn: today, source: null, secondHandOn: today },
};
const activity: Activity = {
  ...{ id: "A-1", partnerId: "P-1", type: "joint_pitch", stage: 2, occurredOn: today, recordedOn: today },
  ...{ proof: "note:1", involvement: "direct", source: null, secondHandOn: today },
};

describe("what is there on a day", () => {
  test("is what is dated on it, the very same", () => {
    expect(registrationOn(registration, today)).toBe(registration);
    expect(rowOn(row, today)).toBe(row);
    expect(activityOn(activity, today)).toBe(activity);
  });

  test.each([
    ["submitted", registrationOn({ ...registration, submittedOn: tomorrow }, today)],
    ["recorded, a registration", registrationOn({ ...registration, recordedOn: tomorrow }, today)],
    ["recorded, a row", rowOn({ ...row, recordedOn: tomorrow }, today)],
    ["recorded, an activity", activityOn({ ...activity, recordedOn: tomorrow }, today)],
    ["occurred", activityOn({ ...activity, occurredOn: tomorrow }, today)],
  ])("is not what is %s after it", (_, known) => {
    expect(known).toBeNull();
  });

  test.each([
    [
      "decided",
      registrationOn({ ...registration, decidedOn: tomorrow }, today),
      { ...registration, status: "pending", decidedOn: null },
    ],
    ["confirmed", rowOn({ ...row, confirmedOn: tomorrow }, today), { ...row, confirmedOn: null }],
    [
      "countersigned, a registration",
      registrationOn({ ...registration, secondHandOn: tomorrow }, today),
      { ...registration, secondHandOn: null },
    ],
    [
      "countersigned, a row",
      rowOn({ ...row, secondHandOn: tomorrow }, today),
      { ...row, secondHandOn: null },
    ],
    [
      "countersigned, an activity",
      activityOn({ ...activity, secondHandOn: tomorrow }, today),
      { ...activity, secondHandOn: null },
    ],
  ])("is without what was %s after it", (_, known, expected) => {
    expect(known).toEqual(expected);
  });
});

/** Neither closed nor touched on a day to come (§10). */
const isValid = ({ asOf, deal, roles }: Facts) =>
  (deal.closedOn === null || deal.closedOn <= asOf) &&
  roles.every(({ touchedOn, recordedOn }) => recordedOn > asOf || touchedOn <= asOf);

describe("a document on its day", () => {
  const runs = { numRuns: 500, seed: 20260630 };

  it("is judged as the whole one is, and has no later day", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, fc.nat(200), (policy, facts, back) => {
        const past = { ...facts, asOf: addDays(AS_OF, -back) };
        fc.pre(isValid(past));
        const known = factsOnDay(past);
        expect(classify(policy, known)).toEqual(classify(policy, past));
        expect(laterDays(known)).toEqual([]);
      }),
      runs,
    );
  });

  it("says the same until the first of its later days", () => {
    fc.assert(
      fc.property(factsArbitrary, fc.nat(200), (facts, back) => {
        const past = { ...facts, asOf: addDays(AS_OF, -back) };
        const [first] = laterDays(past).sort();
        const until = first === undefined ? addDays(past.asOf, 300) : addDays(first, -1);
        const { asOf: _, ...before } = factsOnDay(past);
        const { asOf: __, ...then } = factsOnDay({ ...past, asOf: until });
        expect(then).toEqual(before);
      }),
      runs,
    );
  });
});

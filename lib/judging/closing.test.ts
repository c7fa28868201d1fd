import fc from "fast-check";
import { expect, test } from "vitest";
import type { Activity, Facts, RoleRow } from "@/lib/attribution/facts";
import { AS_OF, factsArbitrary } from "@/lib/attribution/facts.arbitrary";
import { factsOnDay } from "@/lib/attribution/known";
import { addDays } from "@/lib/calendar";
import { asGated, factsDigest } from "./closing";

/** A deal as the gate sees it: won that day, nothing in it later than the day. */
const gated = factsArbitrary.map((facts): Facts => {
  const { deal, ...rest } = factsOnDay({ ...facts, asOf: AS_OF });
  return { ...rest, deal: { ...deal, outcome: "won", closedOn: AS_OF, amendedOn: null } };
});
const LATER = addDays(AS_OF, 20);

const row: RoleRow = {
  ...{ id: "T-9", partnerId: "P-1", role: "sourcer", touchStage: 1, touchedOn: AS_OF, recordedOn: LATER },
  ...{ confirmedOn: null, source: null, secondHandOn: null },
};
const activity: Activity = {
  ...{ id: "A-9", partnerId: "P-1", type: "joint_discovery", stage: 3, occurredOn: AS_OF, recordedOn: LATER },
  ...{ proof: null, involvement: "direct", source: null, secondHandOn: null },
};

/** What makes another document. */
const MOVES: Record<string, (facts: Facts) => Facts> = {
  amount: (facts) => ({ ...facts, deal: { ...facts.deal, amount: facts.deal.amount + 1 } }),
  "first engagement": (facts) => ({ ...facts, deal: { ...facts.deal, firstEngagedOn: "2025-11-01" } }),
  "close day": (facts) => ({ ...facts, deal: { ...facts.deal, closedOn: addDays(AS_OF, -1) } }),
  "a row claimed late": (facts) => ({ ...facts, roles: [...facts.roles, row] }),
  "an activity logged late": (facts) => ({ ...facts, activities: [...facts.activities, activity] }),
  "a stage": (facts) => ({ ...facts, stages: [...facts.stages, { stage: 3, enteredOn: AS_OF }] }),
  "a confirmation": (facts) => ({
    ...facts,
    roles: [...facts.roles, { ...row, id: "T-8", recordedOn: AS_OF }].map((one) => ({
      ...one,
      confirmedOn: one.confirmedOn ?? LATER,
    })),
  }),
  "a registration": (facts) => ({
    ...facts,
    registrations: [
      ...facts.registrations,
      {
        ...{
          id: "R-9",
          partnerId: "P-1",
          submittedOn: AS_OF,
          recordedOn: LATER,
          status: "approved" as const,
        },
        ...{ decidedOn: LATER, source: null, secondHandOn: null },
      },
    ],
  }),
};

/** What belongs to the time after a close. */
const REST: Record<string, (facts: Facts) => Facts> = {
  "another day": (facts) => ({ ...facts, asOf: LATER }),
  "a day of amendment alone": (facts) => ({ ...facts, deal: { ...facts.deal, amendedOn: LATER } }),
  "the cohort": (facts) => ({ ...facts, cohort: { medianCycleDays: 17.5 } }),
  "stage 6": (facts) => ({ ...facts, stages: [...facts.stages, { stage: 6, enteredOn: LATER }] }),
  "what was done in stage 6": (facts) => ({
    ...facts,
    activities: [...facts.activities, { ...activity, stage: 6, occurredOn: LATER }],
  }),
  "a second hand": (facts) => ({
    ...facts,
    activities: facts.activities.map((one) => ({ ...one, secondHandOn: one.secondHandOn ?? LATER })),
    roles: facts.roles.map((one) => ({ ...one, secondHandOn: one.secondHandOn ?? LATER })),
  }),
  "a ruling": (facts) => ({
    ...facts,
    rulings: [
      ...facts.rulings,
      { id: "X-9", partnerId: "P-1", model: "two_bucket", outcome: "influenced", decidedOn: LATER },
    ],
  }),
};

test("at the gate the document is the one that is judged, its cohort apart", () => {
  fc.assert(
    fc.property(gated, (facts) => {
      expect(asGated(facts, AS_OF)).toEqual({ ...facts, cohort: { medianCycleDays: null } });
    }),
  );
});

test.each(Object.entries(MOVES))("%s makes another digest", (_, moved) => {
  fc.assert(fc.property(gated, (facts) => factsDigest(moved(facts), AS_OF) !== factsDigest(facts, AS_OF)));
});

test.each(Object.entries(REST))("%s makes no other digest", (_, rest) => {
  fc.assert(fc.property(gated, (facts) => factsDigest(rest(facts), AS_OF) === factsDigest(facts, AS_OF)));
});

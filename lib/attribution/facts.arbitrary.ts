import fc from "fast-check";
import { addDays } from "../calendar";
import type { Activity, Day, DealFacts, Facts, PartnerFacts, Registration, RoleRow, Ruling } from "./facts";
import { outcomesOf } from "./models";
import { type Policy, PRESETS } from "./policy";
import {
  DEAL_TYPES,
  EVIDENCE_SOURCES,
  GRADES,
  INVOLVEMENTS,
  MODELS,
  REGISTRATION_STATUSES,
  ROLES,
  ROUTES,
  type Stage,
} from "./vocabulary";

/**
 * Generated facts and policies for property tests. Small ranges on purpose: few partners, few types, one
 * year of days, so that evidence meets evidence and every outcome and gray area really occurs.
 */

export const AS_OF: Day = "2026-06-30";
export const PARTNER_IDS = ["P-1", "P-2", "P-3"] as const;
const FIRST: Day = "2025-12-01";
const TYPES = ["joint_discovery", "executive_intro", "recommendation", "business_case", "training"] as const;

const partnerId = fc.constantFrom(...PARTNER_IDS);
/** A day up to `asOf`. */
const day = fc.nat(211).map((days) => addDays(FIRST, days));
const stage = fc.integer({ min: 0, max: 6 }) as fc.Arbitrary<Stage>;
const earlyStage = fc.integer({ min: 0, max: 2 }) as fc.Arbitrary<Stage>;

const dealArbitrary: fc.Arbitrary<DealFacts> = fc
  .record({
    amount: fc.constantFrom(0, 1, 1_000_001, 4_000_000, 4_000_001, 30_000_002),
    type: fc.constantFrom(...DEAL_TYPES),
    route: fc.constantFrom(...ROUTES),
    createdOn: fc.nat(90).map((days) => addDays(FIRST, days)),
    closedAfter: fc.integer({ min: -3, max: 100 }),
    outcome: fc.constantFrom("open", "won", "won", "lost" as const),
    firstEngagedOn: fc.option(day, { freq: 2 }),
    recreatedFrom: fc.constantFrom("D-0", null, null, null, null),
    amendedAfter: fc.constantFrom(5, 300, null, null, null, null),
  })
  .map(({ closedAfter, amendedAfter, ...deal }) => {
    const closedOn = deal.outcome === "open" ? null : addDays(deal.createdOn, closedAfter);
    const amendedOn = closedOn === null || amendedAfter === null ? null : addDays(closedOn, amendedAfter);
    return { id: "D-1", currency: "USD", ...deal, closedOn, amendedOn };
  });

const stagesArbitrary = fc
  .array(fc.tuple(stage, day), { maxLength: 6 })
  .map((entries) => entries.map(([at, enteredOn]) => ({ stage: at, enteredOn })))
  .map((entries) =>
    entries.sort((a, b) => (a.enteredOn < b.enteredOn ? -1 : a.enteredOn > b.enteredOn ? 1 : 0)),
  );

const partnersArbitrary: fc.Arbitrary<PartnerFacts[]> = fc
  .record({
    child: fc.boolean(),
    name: fc.constantFrom("pe_vc_pricing", "other"),
    from: fc.option(day, { freq: 2 }),
    to: fc.option(day, { freq: 2 }),
  })
  .map(({ child, name, from, to }) => [
    { id: "P-1", kind: "integrator", parentId: null, programs: [] },
    {
      id: "P-2",
      kind: "pe_vc",
      parentId: null,
      programs: [{ name, from, to: from !== null && to !== null && to < from ? from : to }],
    },
    { id: "P-3", kind: "agency", parentId: child ? "P-1" : null, programs: [] },
  ]);

const numbered = <T>(prefix: string, facts: T[]) =>
  facts.map((fact, index) => ({ id: `${prefix}-${index + 1}`, ...fact }));

/** How long after it happened a fact is written down: the same day, within the month, late, or anything. */
const delay = fc.oneof(fc.constant(0), fc.nat(40), fc.nat(200));

/** Half of the facts are witnessed, half of the others countersigned. */
const witness = {
  source: fc.option(fc.constantFrom(...EVIDENCE_SOURCES), { freq: 2 }),
  secondHandOn: fc.option(day, { freq: 2 }),
};

const registrationsArbitrary: fc.Arbitrary<Registration[]> = fc
  .array(
    fc.record({
      partnerId,
      submittedOn: day,
      recordedAfter: delay,
      decidedAfter: delay,
      status: fc.constantFrom(...REGISTRATION_STATUSES),
      ...witness,
    }),
    { maxLength: 3 },
  )
  .map((facts) =>
    numbered(
      "R",
      facts.map(({ recordedAfter, decidedAfter, ...fact }) => {
        const recordedOn = addDays(fact.submittedOn, recordedAfter);
        const decidedOn = fact.status === "pending" ? null : addDays(recordedOn, decidedAfter);
        return { ...fact, recordedOn, decidedOn };
      }),
    ),
  );

const rolesArbitrary: fc.Arbitrary<RoleRow[]> = fc
  .uniqueArray(
    fc.record({
      partnerId,
      role: fc.constantFrom(...ROLES),
      touchStage: fc.oneof(stage, earlyStage),
      touchedOn: day,
      recordedOn: day,
      confirmedOn: fc.option(day, { freq: 2 }),
      ...witness,
    }),
    { maxLength: 4, selector: (row) => `${row.partnerId} ${row.role}` },
  )
  .map((facts) => numbered("T", facts));

const activitiesArbitrary: fc.Arbitrary<Activity[]> = fc
  .array(
    fc.record({
      partnerId,
      type: fc.constantFrom(...TYPES),
      stage,
      occurredOn: day,
      recordedAfter: delay,
      proof: fc.option(fc.constantFrom("https://proof.example/1", "note:1"), { freq: 2 }),
      involvement: fc.constantFrom(...INVOLVEMENTS),
      ...witness,
    }),
    { maxLength: 9 },
  )
  .map((facts) =>
    numbered(
      "A",
      facts.map(({ recordedAfter, ...fact }) => ({
        ...fact,
        recordedOn: addDays(fact.occurredOn, recordedAfter),
      })),
    ),
  );

const rulingArbitrary = fc.constantFrom(...MODELS).chain((model) =>
  fc.record({
    partnerId,
    model: fc.constant(model),
    outcome: fc.constantFrom(...outcomesOf(model)),
    decidedOn: day,
  }),
);
/** One deal in four is ruled on. */
const rulingsArbitrary: fc.Arbitrary<Ruling[]> = fc
  .tuple(fc.nat(3), fc.array(rulingArbitrary, { minLength: 1, maxLength: 3 }))
  .map(([dice, facts]) => (dice === 0 ? numbered("X", facts) : []));

/** A valid facts document (§2) of the deal D-1 with the partners P-1 to P-3; some facts lie after `asOf`. */
export const factsArbitrary: fc.Arbitrary<Facts> = fc.record({
  asOf: fc.constant(AS_OF),
  deal: dealArbitrary,
  stages: stagesArbitrary,
  partners: partnersArbitrary,
  registrations: registrationsArbitrary,
  roles: rolesArbitrary,
  activities: activitiesArbitrary,
  rulings: rulingsArbitrary,
  cohort: fc.record({ medianCycleDays: fc.option(fc.constantFrom(30, 60.5, 92, 120)) }),
});

/** A preset, or one with a few of its terms changed. */
export const policyArbitrary: fc.Arbitrary<Policy> = fc
  .record({
    preset: fc.constantFrom(...MODELS),
    changed: fc.boolean(),
    sourcedAtOrBefore: fc.constantFrom(0, 1, 2),
    influencedBefore: fc.constantFrom(3, 4, 5),
    coSellMinimum: fc.constantFrom(1, 2, 3),
    consequence: fc.constantFrom("flag", "dispute" as const),
    influenceWindowDays: fc.constantFrom(null, 0, 30, 60),
    lateRecording: fc.constantFrom("refuse", "with_contemporaneous_evidence" as const),
    postSale: fc.constantFrom("ignore", "influence" as const),
    assisted: fc.boolean(),
    recordWithin: fc.record({
      days: fc.constantFrom(0, 30, 90),
      consequence: fc.constantFrom("flag", "refuse" as const),
    }),
    evidence: fc.constantFrom("stated", "stated", ...GRADES),
    above: fc.constantFrom({ USD: 4_000_000 }, { EUR: 0 }, 1_000_000),
  })
  .map(({ preset, changed, consequence, above, ...terms }) =>
    changed
      ? { ...PRESETS[preset], ...terms, updates: { ...PRESETS[preset].updates, above, consequence } }
      : PRESETS[preset],
  );

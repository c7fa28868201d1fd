import { describe, expect, test } from "vitest";
import type { SealedDocument } from "@/lib/sealing/seal";
import { changesOf } from "./restated";
import { changeInWords } from "./restated-words";

const fact = { source: null, secondHandOn: null };
const SEALED: SealedDocument = {
  facts: {
    asOf: "2026-04-10",
    deal: {
      ...{
        id: "D-1",
        amount: 3_200_000,
        currency: "USD",
        type: "new",
        route: "direct",
        createdOn: "2026-01-15",
      },
      ...{
        closedOn: "2026-03-31",
        outcome: "won",
        firstEngagedOn: null,
        recreatedFrom: null,
        amendedOn: null,
      },
    },
    stages: [{ stage: 2, enteredOn: "2026-01-15" }],
    partners: [{ id: "P-1", kind: "integrator", parentId: null, programs: [] }],
    registrations: [
      {
        ...{
          id: "R-1",
          partnerId: "P-1",
          submittedOn: "2026-01-02",
          recordedOn: "2026-01-03",
          status: "pending",
        },
        ...{ decidedOn: null, ...fact },
      },
    ],
    roles: [
      {
        ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-01-02" },
        ...{ recordedOn: "2026-01-20", confirmedOn: "2026-01-21", ...fact },
      },
    ],
    activities: [
      {
        ...{
          id: "A-GBT82AY9N5",
          partnerId: "P-1",
          type: "joint_discovery",
          stage: 2,
          occurredOn: "2026-02-01",
        },
        ...{ recordedOn: "2026-02-01", proof: "https://notes.example/1", involvement: "direct", ...fact },
      },
    ],
    rulings: [
      { id: "X-1", partnerId: "P-1", model: "two_bucket", outcome: "sourced", decidedOn: "2026-03-30" },
    ],
    cohort: { medianCycleDays: 40 },
  },
  result: {
    outcome: "sourced",
    evidence: "stated",
    partners: [
      {
        ...{
          partnerId: "P-1",
          outcome: "sourced",
          disputed: null,
          missing: [],
          credit: { sourced: 3_200_000 },
        },
        ...{ evidence: "stated", rule: "two_bucket.sourced", tests: [], next: null },
      },
    ],
    gray: [],
  },
  ...{ policyHash: "a".repeat(64), account: "Larkfield", owner: "Ann", noPartnerOn: null },
  partners: { "P-1": "Northgate" },
};
const withFacts = (facts: Partial<SealedDocument["facts"]>): SealedDocument => ({
  ...SEALED,
  facts: { ...SEALED.facts, ...facts },
});
const wordsOf = (current: SealedDocument) =>
  changesOf(SEALED, current).map((change) => changeInWords(change, SEALED, current));
const [activity] = SEALED.facts.activities;
const [ruling] = SEALED.facts.rulings;
const ACTIVITY = "Activity, Joint discovery with Northgate on 1 Feb 2026";

describe("a restatement in words", () => {
  test.each<[string, SealedDocument, object]>([
    [
      "an amount",
      withFacts({ deal: { ...SEALED.facts.deal, amount: 9_999_900 } }),
      { what: "Deal: amount", sealed: "USD 32,000.00", current: "USD 99,999.00" },
    ],
    [
      "a close day",
      withFacts({ deal: { ...SEALED.facts.deal, closedOn: "2026-03-30" } }),
      { what: "Deal: closed on", sealed: "31 Mar 2026", current: "30 Mar 2026" },
    ],
    [
      "a changed activity",
      withFacts({ activities: [{ ...activity!, proof: null }] }),
      { what: `${ACTIVITY}: proof`, sealed: "https://notes.example/1", current: null },
    ],
    [
      "an activity that is gone",
      withFacts({ activities: [] }),
      { what: ACTIVITY, sealed: "Joint discovery with Northgate on 1 Feb 2026", current: null },
    ],
    [
      "an activity that came",
      withFacts({ activities: [activity!, { ...activity!, id: "A-2", occurredOn: "2026-02-09" }] }),
      {
        what: "Activity, Joint discovery with Northgate on 9 Feb 2026",
        sealed: null,
        current: "Joint discovery with Northgate on 9 Feb 2026",
      },
    ],
    [
      "a changed ruling",
      withFacts({ rulings: [{ ...ruling!, outcome: "influenced" }] }),
      {
        what: "Ruling, Northgate is influenced, decided on 30 Mar 2026: outcome",
        sealed: "Sourced",
        current: "Influenced",
      },
    ],
    [
      "a ruling that is gone",
      withFacts({ rulings: [] }),
      {
        what: "Ruling, Northgate is sourced, decided on 30 Mar 2026",
        sealed: "Northgate is sourced, decided on 30 Mar 2026",
        current: null,
      },
    ],
    [
      "a decided registration",
      withFacts({ registrations: [{ ...SEALED.facts.registrations[0]!, status: "approved" }] }),
      { what: "Registration, Northgate's of 2 Jan 2026: status", sealed: "Pending", current: "Approved" },
    ],
    [
      "a role row that is gone",
      withFacts({ roles: [] }),
      {
        what: "Role row, Northgate as sourcer from 2 Jan 2026",
        sealed: "Northgate as sourcer from 2 Jan 2026",
        current: null,
      },
    ],
    [
      "credit",
      {
        ...SEALED,
        result: { ...SEALED.result, partners: [{ ...SEALED.result.partners[0]!, credit: {} }] },
      },
      { what: "Credit, Northgate", sealed: "Sourced USD 32,000.00", current: "none" },
    ],
  ])("%s", (_, current, expected) => {
    const words = wordsOf(current);
    expect(words).toContainEqual(expected);
    for (const one of words) {
      const said = [one.what, one.sealed, one.current].join(" ");
      expect(said).not.toMatch(/[{}[\]"]|A-GBT82AY9N5|P-1|X-1|T-1|R-1|3200000/);
    }
  });
});

// Long: what each hand alone can raise, the older rules put back, and the search held against trying everything.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../calendar";
import { classify } from "../classify";
import type { Facts, PartnerFacts } from "../facts";
import { factsArbitrary, policyArbitrary } from "../facts.arbitrary";
import { outcomesOf, rank } from "../models";
import { parseFacts } from "../parse-facts";
import { type Policy, PRESETS } from "../policy";
import { STAGES } from "../vocabulary";
import { letThrough, stoppedBy } from "./clauses-asked";
import { HANDS, type Hand, POWERS, type Powers } from "./hands";
import { holeSentence, lettingSentence, seenSentence, stoppedSentence } from "./hole-words";
import { factsAfter, findHoles, type Hole, partnerOfHole } from "./search";
import { Ways } from "./ways";
import { afterWrites, compareCost, costOf, type Write } from "./writes";

const { two_bucket } = PRESETS;
const TWO_HANDS: Policy = { ...two_bucket, evidence: "countersigned" };

const OPEN = {
  ...{
    id: "D-1",
    amount: 12_000_000,
    currency: "USD",
    type: "new",
    route: "direct",
    createdOn: "2026-02-10",
  },
  ...{ closedOn: null, outcome: "open", firstEngagedOn: "2026-03-06", recreatedFrom: null },
};
const WON = { ...OPEN, closedOn: "2026-03-20", outcome: "won" };
const DONE = {
  ...{
    id: "A-1",
    partnerId: "P-1",
    type: "training",
    stage: 2,
    occurredOn: "2026-02-20",
    recordedOn: "2026-02-20",
  },
  ...{ proof: "https://proof.example/1", involvement: "direct" },
};
/** Where somebody is on the deal, nobody alone takes back what our own team did first. */
const SOMEBODY = { activities: [{ ...DONE, partnerId: "P-2", proof: null }] };
const FUND = { id: "P-9", kind: "pe_vc", parentId: null, programs: ["pe_vc_pricing"] };

function deal(parts: object): Facts {
  return parseFacts({
    ...{
      asOf: "2026-03-31",
      deal: OPEN,
      stages: [
        { stage: 1, enteredOn: "2026-02-10" },
        { stage: 3, enteredOn: "2026-03-10" },
      ],
    },
    ...{ partners: [], registrations: [], roles: [], activities: [], rulings: [] },
    ...{ cohort: { medianCycleDays: null } },
    ...parts,
  });
}

const only = (hand: Hand, powers: Partial<Powers> = {}) => ({
  ...{ hands: [hand], powers: { ...POWERS, [hand]: { ...POWERS[hand], ...powers } } },
});
const short = ({ outcome, writes, cost, seenAs }: Hole) => ({
  ...{ outcome, kinds: writes.map(({ kind }) => kind), back: cost.daysBack, seenAs },
});

describe("what one hand alone can raise where one hand's word counts", () => {
  test("an AE: one row, dated back to the day on which our own team came in", () => {
    expect(findHoles(two_bucket, deal({}), only("ae")).map(short)).toEqual([
      { outcome: "sourced", kinds: ["row"], back: 25, seenAs: [] },
      { outcome: "influenced", kinds: ["activity"], back: 0, seenAs: [] },
    ]);
  });

  test("the cheapest may be seen: then the cheapest that is not stands beside it", () => {
    const unengaged = deal({ deal: { ...OPEN, firstEngagedOn: null } });
    expect(findHoles(two_bucket, unengaged, only("ae")).map(short).slice(0, 2)).toEqual([
      { outcome: "sourced", kinds: ["row"], back: 0, seenAs: ["stage_conflict"] },
      { outcome: "sourced", kinds: ["row"], back: 22, seenAs: [] },
    ]);
  });

  test.each<[string, Hand, Facts, PartnerFacts[], unknown[]]>([
    ["a partner manager claims no origin alone", "partner_manager", deal({}), [], ["influenced"]],
    [
      "unless the partner is in a program, on a day on which our team had not come in",
      "partner_manager",
      deal({}),
      deal({ partners: [FUND] }).partners,
      ["influenced", "sourced", "influenced"],
    ],
    [
      "the head of partnerships grants one from today on: too late here",
      "head_of_partnerships",
      deal({}),
      [],
      ["influenced"],
    ],
    [
      "but not where our team had not engaged",
      "head_of_partnerships",
      deal({ deal: { ...OPEN, firstEngagedOn: null } }),
      [],
      ["sourced", "influenced"],
    ],
    ["an admin has rows that wait, and no activities", "admin", deal({}), [], []],
    ["a partner by its link on a closed deal", "partner_link", deal({ deal: WON }), [], []],
    ["an AE after the close", "ae", deal({ deal: WON }), [], []],
    [
      "a file after the close, dated before it",
      "importer",
      deal({ deal: WON }),
      [],
      ["sourced", "influenced"],
    ],
    [
      "a proof brought after the close",
      "partner_manager",
      deal({ deal: WON, activities: [{ ...DONE, type: "joint_pitch", proof: null }] }),
      [],
      ["influenced"],
    ],
  ])("%s", (_name, hand, facts, others, outcomes) => {
    const found = findHoles(two_bucket, facts, { hands: [hand], others });
    expect(found.map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  test("a partner by its link tells of a day, and the stage is the deal's on it", () => {
    const late = deal({
      stages: [
        { stage: 2, enteredOn: "2026-02-10" },
        { stage: 5, enteredOn: "2026-03-19" },
      ],
    });
    expect(findHoles(two_bucket, late, only("partner_link")).map(short)).toEqual([
      { outcome: "influenced", kinds: ["activity"], back: 13, seenAs: [] },
    ]);
    expect(findHoles(two_bucket, late, only("partner_manager")).map(short)).toEqual([
      { outcome: "influenced", kinds: ["activity"], back: 0, seenAs: [] },
    ]);
  });

  test("owed updates are written with what sources the deal", () => {
    const owes = deal({
      deal: { ...OPEN, createdOn: "2026-01-10", firstEngagedOn: "2026-01-12" },
      ...SOMEBODY,
    });
    const policy: Policy = {
      ...two_bucket,
      updates: { above: { USD: 1 }, perMonth: 2, consequence: "dispute" },
    };
    const hole = findHoles(policy, owes, only("ae")).find(({ partnerId }) => partnerId === null);
    expect(hole!.writes.map(({ kind }) => kind)).toEqual(["row", "activity", "activity"]);
    expect(hole!.writes.slice(1).map((write) => write.kind === "activity" && write.occurredOn)).toEqual([
      "2026-02-28",
      "2026-02-28",
    ]);
  });
});

describe("our own first engagement, which an AE may take back while nobody is on the deal", () => {
  const early = { deal: { ...OPEN, createdOn: "2025-10-01", firstEngagedOn: "2025-10-05" } };
  const refuses: Policy = { ...two_bucket, recordWithin: { days: 30, consequence: "refuse" } };
  const sourced = (policy: Policy, facts: Facts, hand: Hand) =>
    findHoles(policy, facts, { hands: [hand], others: deal({ partners: [FUND] }).partners })
      .filter(({ outcome, partnerId }) => outcome === "sourced" && (hand !== "ae" || partnerId === null))
      .map(short);

  test("a memo that refuses late records does not stop it: a row of a day in time sources the deal", () => {
    expect(sourced(refuses, deal(early), "ae")).toEqual([
      { outcome: "sourced", kinds: ["engagement", "row"], back: 0, seenAs: ["stage_conflict"] },
      { outcome: "sourced", kinds: ["engagement", "row"], back: 22, seenAs: [] },
    ]);
    expect(sourced(refuses, deal(early), "admin")).toMatchObject([
      { kinds: ["engagement", "row"], seenAs: ["program_exception", "stage_conflict"] },
    ]);
    expect(sourced(refuses, deal(early), "partner_manager")).toEqual([]);
  });

  test("once a partner is on the deal, once it is closed, and where the memo asks for two hands, it does", () => {
    expect(sourced(refuses, deal({ ...early, ...SOMEBODY }), "ae")).toEqual([]);
    const won = { deal: { ...early.deal, closedOn: "2026-03-20", outcome: "won" } };
    expect(sourced(refuses, deal(won), "ae")).toEqual([]);
    expect(sourced({ ...refuses, evidence: "countersigned" }, deal(early), "ae")).toEqual([]);
  });
});

describe("the holes of the contract's older rules, put back", () => {
  const sourced = (policy: Policy, facts: Facts, hand: Hand, powers: Partial<Powers>) =>
    findHoles(policy, facts, only(hand, powers))
      .filter(({ outcome, partnerId }) => outcome === "sourced" && partnerId === null)
      .map(short);

  test("a registration without a day of record, approved by whoever submits it, sources a won deal and nobody sees it", () => {
    const older: Partial<Powers> = { registration: true, recordedOn: "typed" };
    expect(sourced(two_bucket, deal({ deal: WON }), "partner_manager", older)).toEqual([
      { outcome: "sourced", kinds: ["registration"], back: 25, seenAs: [] },
    ]);
    expect(sourced(two_bucket, deal({ deal: WON }), "partner_manager", { registration: true })).toEqual([]);
    expect(sourced(two_bucket, deal({ deal: WON }), "partner_manager", {})).toEqual([]);
  });

  test("a row whose day of record is typed counts after the close", () => {
    expect(sourced(two_bucket, deal({ deal: WON }), "ae", { recordedOn: "typed" })).toHaveLength(1);
    expect(sourced(two_bucket, deal({ deal: WON }), "ae", {})).toEqual([]);
  });

  test("a row dated back for months where the memo has no days of record", () => {
    const long = deal({
      deal: { ...OPEN, createdOn: "2025-10-01", firstEngagedOn: "2025-10-05" },
      ...SOMEBODY,
    });
    const without: Policy = { ...two_bucket, recordWithin: { days: 3_650, consequence: "flag" } };
    expect(sourced(without, long, "ae", {})).toEqual([
      { outcome: "sourced", kinds: ["row"], back: 177, seenAs: [] },
    ]);
    expect(sourced(two_bucket, long, "ae", {})).toMatchObject([{ seenAs: ["delayed_record"] }]);
    const refuses: Policy = { ...two_bucket, recordWithin: { days: 30, consequence: "refuse" } };
    expect(sourced(refuses, long, "ae", {})).toEqual([]);
    expect(stoppedBy(refuses, long, { hand: "ae", outcome: "sourced" })).toBe("edge-cases.delay");
  });

  test("a row of after the close that any activity in time excuses", () => {
    const excuses: Policy = { ...two_bucket, lateRecording: "with_contemporaneous_evidence" };
    const facts = deal({ deal: WON, activities: [DONE] });
    const found = findHoles(excuses, facts, only("ae")).filter(({ partnerId }) => partnerId === "P-1");
    expect(found.map(short)[0]).toMatchObject({
      outcome: "sourced",
      kinds: ["row"],
      seenAs: ["late_record"],
    });
    expect(letThrough(excuses, facts, found[0]!)).toEqual(["edge-cases.late-tagging", "buckets.evidence"]);
    expect(stoppedBy(two_bucket, facts, { hand: "ae", outcome: "sourced" })).toBe("edge-cases.late-tagging");
  });

  test("two hands that one person has", () => {
    expect(sourced(TWO_HANDS, deal({}), "ae", { countersignsItself: true })).toHaveLength(1);
    expect(sourced(TWO_HANDS, deal({}), "ae", {})).toEqual([]);
  });
});

const hands: fc.Arbitrary<Policy> = policyArbitrary.chain((policy) =>
  fc
    .constantFrom("countersigned" as const, "witnessed" as const)
    .map((evidence) => ({ ...policy, evidence })),
);
test("where a system or two hands made the row that a program lets count, the grant is not one hand's", () => {
  const row = {
    ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-03-31" },
    ...{ recordedOn: "2026-03-31", confirmedOn: null, source: "crm", secondHandOn: null },
  };
  const facts = deal({ deal: { ...OPEN, firstEngagedOn: null }, roles: [row] });
  const of = (policy: Policy) =>
    findHoles(policy, facts, { hands: ["head_of_partnerships"] }).filter((hole) => hole.partnerId === "P-1");
  expect(of(TWO_HANDS)).toEqual([]);
  expect(of(two_bucket)[0]!.writes.map(({ kind }) => kind)).toEqual(["program"]);
});

const others: PartnerFacts[] = [
  { id: "P-9", kind: "pe_vc", parentId: null, programs: [{ name: "pe_vc_pricing", from: null, to: null }] },
];

test("a memo that asks for two hands leaves no hole to any hand, on any deal", () => {
  fc.assert(
    fc.property(factsArbitrary, hands, (facts, policy) => {
      expect(findHoles(policy, facts, { others })).toEqual([]);
    }),
    { numRuns: 80 },
  );
});

test("every hole is one: after its writes the deal is judged so, at its cost, and without one of them it is not", () => {
  let found = 0;
  fc.assert(
    fc.property(factsArbitrary, policyArbitrary, (facts, policy) => {
      for (const hole of findHoles(policy, facts, { others })) {
        found += 1;
        const outcomeAfter = (writes: Write[]) =>
          classify(policy, factsAfter(facts, { ...hole, writes }, { others })).partners.find(
            (one) => one.partnerId === partnerOfHole(hole),
          )?.outcome;
        expect(outcomeAfter(hole.writes)).toBe(hole.outcome);
        expect(hole.cost).toEqual(costOf(hole.writes, facts.asOf));
        for (const left of hole.writes)
          expect(outcomeAfter(hole.writes.filter((one) => one !== left))).not.toBe(hole.outcome);
      }
    }),
    { numRuns: 25 },
  );
  expect(found).toBeGreaterThan(20);
}, 60_000);

/** Everything that an AE might write once or twice, by trying it all on every fourth day: slow, and nothing is aimed at. */
function byTryingAll(
  policy: Policy,
  facts: Facts,
  partnerId: string,
): Map<string, { writes: number; daysBack: number }> {
  const single: Write[] = [];
  for (let back = 0; back <= 120; back += 4) {
    const on = addDays(facts.asOf, -back);
    for (const stage of STAGES) {
      const held = facts.roles.filter((row) => row.partnerId === partnerId).map(({ role }) => role);
      for (const role of ["sourcer", "influencer"] as const)
        if (!held.includes(role))
          single.push({
            ...{ kind: "row", role, touchStage: stage, touchedOn: on, recordedOn: facts.asOf },
            ...{ confirmed: true, rewrites: null },
          });
      single.push({
        ...{ kind: "activity", type: policy.motions[0]!, stage, occurredOn: on },
        ...{ recordedOn: facts.asOf, involvement: "direct" },
      });
    }
  }
  const found = new Map<string, { writes: number; daysBack: number }>();
  for (const write of single) {
    const after = classify(policy, afterWrites(facts, partnerId, [write], false));
    const outcome = after.partners.find((one) => one.partnerId === partnerId)!.outcome;
    const cost = costOf([write], facts.asOf);
    const known = found.get(outcome);
    if (!known || compareCost(cost, known) < 0) found.set(outcome, cost);
  }
  return found;
}

test("nothing cheaper is found by trying all of an AE's single writes", () => {
  let compared = 0;
  fc.assert(
    fc.property(factsArbitrary, policyArbitrary, (facts, policy) => {
      const before = classify(policy, facts);
      const [partner] = before.partners;
      if (!partner) return;
      const holes = findHoles(policy, facts, { hands: ["ae"] }).filter(
        (one) => one.partnerId === partner.partnerId,
      );
      for (const [outcome, cost] of byTryingAll(policy, facts, partner.partnerId)) {
        const better = rank(policy.model, outcome as Hole["outcome"]) < rank(policy.model, partner.outcome);
        const last = outcomesOf(policy.model).length - (policy.model === "lanes" ? 2 : 1);
        if (!better || rank(policy.model, outcome as Hole["outcome"]) >= last) continue;
        compared += 1;
        const asGood = holes.filter(
          (one) =>
            rank(policy.model, one.outcome) <= rank(policy.model, outcome as Hole["outcome"]) &&
            compareCost(one.cost, cost) <= 0,
        );
        expect(asGood.length, `${policy.model} ${outcome} for ${cost.daysBack} days`).toBeGreaterThan(0);
      }
    }),
    { numRuns: 15 },
  );
  expect(compared).toBeGreaterThan(0);
});

test("ways add holes up by hand, outcome and writes, cheapest first, with the clause that lets them through", () => {
  const ways = new Ways(two_bucket);
  for (const [id, amount] of [
    ["D-2", 5],
    ["D-1", 900],
  ] as const) {
    const facts = deal({ deal: { ...OPEN, id, amount } });
    ways.add(facts, findHoles(two_bucket, facts));
  }
  const list = ways.list();
  expect(list.map(({ hand }) => hand).sort()).toEqual([
    ...["ae", "ae", "head_of_partnerships", "importer", "importer", "partner_link", "partner_manager"],
  ]);
  const way = list.find(({ hand, outcome }) => hand === "ae" && outcome === "sourced")!;
  expect(way).toMatchObject({ deals: 2, cheapest: { dealId: "D-1" }, dearest: { dealId: "D-1" } });
  expect(way.through).toEqual(["edge-cases.delay", "buckets.evidence"]);
});

test("a hole reads as one sentence, with where it is seen and what lets it through", () => {
  const [hole] = findHoles(two_bucket, deal({}), only("ae"));
  const names = { deal: "Globex (D-1)", partner: null, currency: "USD" };
  expect(holeSentence(hole!, names)).toBe(
    "An AE alone: one role row dated back 25 days makes any partner sourced on Globex (D-1) instead of none, with USD 120,000.00 of credit instead of USD 0.00.",
  );
  expect(seenSentence(hole!)).toBe("Nothing in the exceptions log shows it.");
  expect(lettingSentence(["buckets.evidence"])).toBe("Let through by Evidence: read strictly, it stops it.");
  expect(lettingSentence(["edge-cases.delay", "buckets.evidence"])).toBe(
    "Let through by Delayed records or Evidence: read strictly, either stops it.",
  );
  expect(stoppedSentence({ hand: "importer", outcome: "sourced", clause: "buckets.evidence" })).toBe(
    "Whoever imports a file alone makes nothing sourced: Evidence stops it.",
  );
  expect(HANDS.map((hand) => stoppedSentence({ hand, outcome: "sourced", clause: null }))).toContain(
    "An admin alone makes nothing sourced: what that hand may write does not earn it.",
  );
});

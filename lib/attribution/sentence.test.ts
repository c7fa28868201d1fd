import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify } from "./classify";
import { CLAUSES, clauseOfGray, clauseOfTest, clauseText, MEMO_SECTIONS, sectionOf } from "./clauses";
import { factsArbitrary, policyArbitrary } from "./facts.arbitrary";
import { ACTIVITY_MENU, activityLabel, activityOf } from "./menu";
import { type Policy, PRESETS } from "./policy";
import type { PartnerResult } from "./result";
import { missingSentence, nextStepSentence, verdictSentence } from "./sentence";
import { ACTIVITY_TYPES, GRAY_CODES, TESTS } from "./vocabulary";

const partner: PartnerResult = {
  partnerId: "P-1",
  outcome: "none",
  disputed: null,
  missing: [],
  credit: {},
  evidence: null,
  rule: "two_bucket.none",
  tests: [],
  next: { outcome: "influenced", missing: ["motion"] },
};

describe("verdictSentence", () => {
  it.each<[Partial<PartnerResult>, string]>([
    [{}, "Northgate is not credited: nothing it did on the deal meets a rule."],
    [
      { outcome: "influenced", rule: "two_bucket.influenced" },
      "Northgate is influenced: it has a documented named motion before stage 4.",
    ],
    [{ outcome: "influenced", rule: "X-1" }, "Northgate is influenced: ruling X-1 decided it."],
    [
      {
        disputed: "influenced",
        missing: [
          { factId: "A-1", lacks: "proof" },
          { factId: "A-2", lacks: "proof" },
          { factId: "T-1", lacks: "confirmation" },
        ],
      },
      "Northgate is not credited: nothing it did on the deal meets a rule. It would be influenced with the AE's confirmation of T-1 and proof for A-1 and A-2.",
    ],
  ])("%#", (overrides, sentence) => {
    expect(verdictSentence("Northgate", { ...partner, ...overrides }, PRESETS.two_bucket)).toBe(sentence);
  });
});

describe("sentences about what is missing", () => {
  it("name the next step", () => {
    expect(nextStepSentence(partner.next, PRESETS.two_bucket)).toBe(
      "For influenced: one named motion with proof before stage 4.",
    );
    expect(
      nextStepSentence({ outcome: "sourced", missing: ["updates:2026-03:2"] }, PRESETS.triple_tier),
    ).toBe("For sourced: 2 more updates in March 2026.");
    expect(nextStepSentence(null, PRESETS.two_bucket)).toBe("");
  });

  it("name what settles a dispute", () => {
    expect(missingSentence([{ factId: "R-1", lacks: "approval" }])).toBe("Missing: approval of R-1.");
    expect(missingSentence([{ factId: "D-1", lacks: "updates", month: "2026-02", count: 1 }])).toBe(
      "Missing: 1 more update in February 2026.",
    );
    expect(missingSentence([])).toBe("");
  });

  it("are whole sentences for every result", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        for (const result of classify(policy, facts).partners) {
          const sentences = [
            verdictSentence("Northgate", result, policy),
            nextStepSentence(result.next, policy),
            missingSentence(result.missing),
          ].filter((sentence) => sentence !== "");
          for (const sentence of sentences) {
            expect(sentence).toMatch(/^[A-Z][^_]*\.$/);
            expect(sentence).not.toMatch(/undefined|NaN|: \.|with \.|with +\./);
          }
        }
      }),
      { numRuns: 1000, seed: 5 },
    );
  });
});

describe("the memo's clauses", () => {
  it("carry every test and every gray area, and stand in the memo's sections", () => {
    const cited = [...TESTS.map(clauseOfTest), ...GRAY_CODES.map(clauseOfGray)];
    expect(cited.filter((clause) => !CLAUSES.includes(clause))).toEqual([]);
    expect([...new Set(CLAUSES.map(sectionOf))]).toEqual([...MEMO_SECTIONS]);
  });

  it("say what the policy says", () => {
    expect(clauseText("buckets.influenced", PRESETS.lanes)).toBe(
      "Influence is a documented named motion before stage 4: Joint discovery, Joint pitch, Executive introduction, Technical pre-brief, Funded event, Recommendation.",
    );
    expect(clauseText("stage-rules.updates", PRESETS.triple_tier)).toBe(
      "A sourced deal above USD 40,000.00 owes 2 activities in each whole month; a month that falls short withholds sourced until it is settled. A deal in another currency owes none.",
    );
    expect(clauseText("buckets.accelerated", PRESETS.roi_buckets)).toContain("at least 25 % faster");
  });

  it.each([
    [PRESETS.two_bucket, "is no bucket of its own."],
    [{ ...PRESETS.two_bucket, assisted: true }, "is assisted."],
    [PRESETS.lanes, "is an assisted close."],
    [{ ...PRESETS.lanes, assisted: true }, "is an assisted close."],
    [{ ...PRESETS.triple_tier, assisted: true }, "is no bucket of its own."],
  ])("say what late help is, %#", (policy, end) => {
    expect(clauseText("buckets.late-help", policy)).toBe(`Documented help from stage 4 on ${end}`);
  });

  it("say whose word counts, and what becomes of what came late", () => {
    const text = (clause: "buckets.evidence" | "edge-cases.delay", change: Partial<Policy>) =>
      clauseText(clause, { ...PRESETS.two_bucket, ...change });
    expect(text("buckets.evidence", { evidence: "stated" })).toMatch(/^What one person states counts/);
    expect(text("buckets.evidence", { evidence: "countersigned" })).toMatch(/^Only what two people/);
    expect(text("buckets.evidence", { evidence: "witnessed" })).toMatch(/^Only what another system/);
    expect(text("edge-cases.delay", {})).toMatch(/more than 30 days after it happened still counts/);
    expect(text("edge-cases.delay", { recordWithin: { days: 1, consequence: "refuse" } })).toMatch(
      /more than 1 day after it happened earns nothing/,
    );
  });

  it("change with every term of the policy that they speak of", () => {
    const text = (policy: Policy) => CLAUSES.map((clause) => clauseText(clause, policy)).join("\n");
    const base = PRESETS.two_bucket;
    const changed: Policy[] = [
      { ...base, sourcedAtOrBefore: 2 },
      { ...base, influencedBefore: 5 },
      { ...base, motions: ["golf"] },
      { ...base, coSellMinimum: 3 },
      { ...base, programs: [] },
      { ...base, updates: { ...base.updates, above: 1 } },
      { ...base, updates: { ...base.updates, perMonth: 1 } },
      { ...base, updates: { ...base.updates, consequence: "dispute" as const } },
      { ...base, influenceWindowDays: 30 },
      { ...base, lateRecording: "with_contemporaneous_evidence" as const },
      { ...base, recordWithin: { ...base.recordWithin, days: 1 } },
      { ...base, recordWithin: { ...base.recordWithin, consequence: "refuse" as const } },
      { ...base, evidence: "countersigned" as const },
      { ...base, evidence: "witnessed" as const },
      { ...base, reachesBackTo: "2025-07-01" },
      { ...base, updates: { ...base.updates, above: {} } },
      { ...base, updates: { ...base.updates, above: { USD: 4_000_000, JPY: 500 } } },
      { ...base, postSale: "influence" as const },
      { ...base, assisted: true },
      { ...base, accelerationMinimum: 0.4 },
      { ...base, costDenominator: "sourced" as const },
      { ...base, model: "lanes" as const },
    ];
    expect(new Set([base, ...changed].map(text)).size).toBe(changed.length + 1);
  });
});

describe("the activity menu", () => {
  it("has one entry for each type, in the vocabulary's order", () => {
    expect(ACTIVITY_MENU.map(({ type }) => type)).toEqual([...ACTIVITY_TYPES]);
  });

  it("knows its own and labels a stranger by its code", () => {
    expect(activityOf("joint_pitch")?.label).toBe("Joint pitch");
    expect(activityOf("golf_day")).toBeUndefined();
    expect(activityLabel("golf_day")).toBe("golf day");
  });
});

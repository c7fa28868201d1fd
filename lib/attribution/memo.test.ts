import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical";
import { CLAUSES, clauseOfTest, MEMO_SECTIONS } from "./clauses";
import { memoOf } from "./memo";
import { ACTIVITY_MENU } from "./menu";
import { outcomeOfNobody, outcomesOf, testsOf } from "./models";
import { parsePolicy } from "./parse-policy";
import { type Policy, PRESETS } from "./policy";
import { policyDifference } from "./policy-difference";
import { MODELS } from "./vocabulary";
import { OUTCOME_WORDS } from "./words";

const golf = {
  type: "golf_day",
  label: "Golf day",
  definition: "Partner and customer played a round.",
  stages: [1],
  involvement: "supportive",
} as const;

/** A value other than the preset's for every key that a policy has. */
const CHANGES: { [K in keyof Required<Policy>]: Policy[K] } = {
  model: "triple_tier",
  sourcedAtOrBefore: 0,
  influencedBefore: 3,
  motions: ["joint_pitch"],
  coSellMinimum: 3,
  programs: [],
  updates: { above: 1, perMonth: 1, consequence: "dispute" },
  influenceWindowDays: 90,
  lateRecording: "with_contemporaneous_evidence",
  recordWithin: { days: 30, consequence: "refuse" },
  evidence: "countersigned",
  postSale: "influence",
  assisted: true,
  accelerationMinimum: 0.1,
  costDenominator: "sourced",
  reachesBackTo: "2025-07-01",
  menu: [...ACTIVITY_MENU, golf],
  programDefinitions: [
    { program: "pe_vc_pricing", label: "PE & VC pricing", definition: "Priced for funds." },
  ],
};

/** The model in which a key has something to say. */
const MODEL_OF: Partial<Record<keyof Policy, Policy["model"]>> = {
  coSellMinimum: "triple_tier",
  postSale: "triple_tier",
  accelerationMinimum: "roi_buckets",
};

const textOf = (policy: Policy) => canonicalJson(memoOf(policy));

describe("the memo", () => {
  it.each(MODELS)("of %s names every clause once, in the order of its sections", (model) => {
    const { sections } = memoOf(PRESETS[model]);
    expect(sections.map(({ section }) => section)).toEqual([...MEMO_SECTIONS]);
    const named = sections.flatMap(({ clauses }) => clauses.map(({ clause }) => clause));
    expect(named).toEqual(CLAUSES.filter((clause) => named.includes(clause)));
    expect(new Set(named).size).toBe(named.length);
    const decisive = testsOf(model).map(clauseOfTest);
    const missing = decisive.filter((clause) => !named.includes(clause));
    expect(missing.filter((clause) => clause !== "edge-cases.post-sale")).toEqual([]);
  });

  it.each(MODELS)("of %s names every outcome that the model can give", (model) => {
    const [buckets] = memoOf({ ...PRESETS[model], assisted: true }).sections;
    const said = buckets?.clauses.find(({ clause }) => clause === "buckets.model")?.text.toLowerCase() ?? "";
    for (const outcome of [...outcomesOf(model), outcomeOfNobody(model)]) {
      expect(said).toContain(OUTCOME_WORDS[outcome].label.toLowerCase());
    }
  });

  it("speaks in each currency's own digits, and says who owes no updates", () => {
    const duty = (above: Policy["updates"]["above"]) => {
      const { sections } = memoOf({
        ...PRESETS.two_bucket,
        updates: { ...PRESETS.two_bucket.updates, above },
      });
      return sections.flatMap(({ clauses }) => clauses).find(({ clause }) => clause === "stage-rules.updates")
        ?.text;
    };
    expect(duty({ USD: 4_000_000, JPY: 6_000_000, KWD: 12_345_678 })).toMatch(
      /^A sourced deal above JPY 6,000,000, KWD 12,345\.678 or USD 40,000\.00 owes .* A deal in another currency owes none\.$/,
    );
    expect(duty({})).toBe("No deal owes updates, whatever its size.");
  });

  it("defines what comparable deals are, and what acceleration needs beside them", () => {
    const { sections } = memoOf(PRESETS.roi_buckets);
    const text = sections.flatMap(({ clauses }) => clauses).find(({ name }) => name === "Accelerated")?.text;
    for (const part of [
      "role row",
      "documented activity",
      "at least five",
      "365 days",
      "type, currency and amount band",
      "10,000, 50,000, 250,000",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("says how far it reaches back, or that it does not", () => {
    const said = (reachesBackTo: string | null) => textOf({ ...PRESETS.two_bucket, reachesBackTo });
    expect(said("2026-01-05")).toContain(
      "also judges deals closed from 5 Jan 2026 on, and none that closed before",
    );
    expect(said(null)).toContain("judges no deal that closed before its first day");
  });

  it.each(Object.keys(CHANGES) as (keyof Policy)[])(
    "shows a change of %s, and so does the difference",
    (key) => {
      const before = PRESETS[MODEL_OF[key] ?? "two_bucket"];
      const value = key === "postSale" ? "ignore" : CHANGES[key];
      const after = { ...before, [key]: value } as Policy;
      expect(textOf(after)).not.toBe(textOf(before));
      expect(policyDifference(before, after)).not.toEqual([]);
    },
  );

  it("draws which stage earns what", () => {
    const rows = (policy: Policy) =>
      memoOf(policy).picture.rows.map(({ outcome, cells }) => [
        outcome,
        cells.map((cell) => ({ yes: "x", no: ".", direct: "d" })[cell]).join(""),
      ]);
    expect(rows(PRESETS.two_bucket)).toEqual([
      ["sourced", "xx....."],
      ["influenced", "xxxx..."],
    ]);
    expect(rows(PRESETS.triple_tier)).toEqual([
      ["sourced", "xx....."],
      ["co_sell", "..xxdd."],
      ["influence", "xxxxxxx"],
    ]);
    expect(rows({ ...PRESETS.two_bucket, assisted: true, influencedBefore: 2 })).toEqual([
      ["sourced", "xx....."],
      ["influenced", "xx....."],
      ["assisted", "..xxxx."],
    ]);
    expect(rows(PRESETS.roi_buckets).map(([, cells]) => cells)).toEqual(["xx.....", "xxxxxx.", "xxxxxx."]);
    expect(rows(PRESETS.lanes).map(([outcome]) => outcome)).toEqual([
      "sourced",
      "influenced",
      "assisted_close",
    ]);
  });

  it("defines each activity, the motions apart, and each program", () => {
    const policy: Policy = {
      ...PRESETS.two_bucket,
      motions: ["golf_day"],
      menu: [golf, ACTIVITY_MENU[0]!],
      programDefinitions: CHANGES.programDefinitions,
    };
    const { activities, programs } = memoOf(policy);
    expect(activities).toEqual({ motions: [golf], others: [ACTIVITY_MENU[0]] });
    expect(programs).toEqual(CHANGES.programDefinitions);
    expect(memoOf(PRESETS.two_bucket).activities.motions.map(({ type }) => type)).toEqual(
      PRESETS.two_bucket.motions,
    );
  });
});

describe("the difference between two policies", () => {
  it("is empty for the same text, however its keys are ordered", () => {
    const reversed = Object.fromEntries(Object.entries(PRESETS.lanes).reverse()) as unknown as Policy;
    expect(policyDifference(PRESETS.lanes, reversed)).toEqual([]);
  });

  it("says before and after in the memo's words", () => {
    const after: Policy = { ...PRESETS.two_bucket, sourcedAtOrBefore: 0, menu: [...ACTIVITY_MENU, golf] };
    expect(policyDifference(PRESETS.two_bucket, after)).toEqual([
      {
        clause: "stage-rules.sourced-gate",
        section: "stage-rules",
        name: "Gate for sourced",
        before: "Sourced needs a touch at stage 1 or earlier.",
        after: "Sourced needs a touch at stage 0 or earlier.",
      },
      {
        clause: "activities.menu",
        section: "activities",
        name: "Activities",
        before: null,
        after: "Golf day: Partner and customer played a round. Usually at stages 1, supportive.",
      },
    ]);
  });

  it("tells the clauses that another model brings and takes away", () => {
    const changes = policyDifference(PRESETS.two_bucket, PRESETS.triple_tier);
    const of = (clause: string) => changes.find((change) => change.clause === clause);
    expect(of("buckets.co-sell")).toMatchObject({
      before: null,
      after: expect.stringContaining("Co-sell is 2"),
    });
    expect(of("stage-rules.influence-gate")).toMatchObject({ after: null });
  });
});

describe("a policy with a menu and programs of its own", () => {
  const own = { ...PRESETS.two_bucket, motions: ["golf_day"], menu: [golf] };

  it("parses, and the four presets' text is as it was without", () => {
    expect(parsePolicy(own)).toEqual(own);
    for (const model of MODELS) expect(parsePolicy(PRESETS[model])).toEqual(PRESETS[model]);
  });

  it.each([
    ["a motion that nobody can log", { motions: ["joint_pitch"] }, "menu"],
    ["the same type twice", { menu: [golf, golf] }, "menu[1].type"],
    ["a type that is no code", { menu: [golf, { ...golf, type: "Golf day" }] }, "menu[1].type"],
    ["a stage that is none", { menu: [{ ...golf, stages: [7] }] }, "menu[0].stages[0]"],
    ["words of several lines", { menu: [{ ...golf, label: "Golf\nday" }] }, "menu[0].label"],
    ["an endless definition", { menu: [{ ...golf, definition: "x".repeat(201) }] }, "menu[0].definition"],
    ["a field that entries lack", { menu: [{ ...golf, par: 72 }] }, "menu[0].par"],
    [
      "a definition of a program it does not list",
      { programDefinitions: [{ program: "other", label: "Other", definition: "Another." }] },
      "programDefinitions[0].program",
    ],
  ])("is refused with %s", (_what, change, field) => {
    expect(() => parsePolicy({ ...own, ...change })).toThrow(expect.objectContaining({ field }));
  });
});

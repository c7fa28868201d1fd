// Long: every refusal of a document in one table each, so that a field without one is seen.
import { describe, expect, it } from "vitest";
import { isRefusal, type Refusal } from "../errors";
import { canonicalJson } from "./canonical";
import { isProof, parseOccurrence } from "./field-rules";
import { parseFacts } from "./parse-facts";
import { parsePolicy, parsePolicyChoice } from "./parse-policy";
import { PRESETS } from "./policy";

/** What domain.md §10 refuses, each with the field it names; and what it must not refuse. */

const facts = () => ({
  asOf: "2026-04-30",
  deal: {
    id: "D-1",
    amount: 3_000_000,
    currency: "USD",
    type: "new",
    route: "direct",
    createdOn: "2026-01-10",
    closedOn: "2026-04-02",
    outcome: "won",
    firstEngagedOn: null,
    recreatedFrom: null,
    amendedOn: "2026-04-12",
  },
  stages: [
    { stage: 1, enteredOn: "2026-01-10" },
    { stage: 2, enteredOn: "2026-01-25" },
  ],
  partners: [
    { id: "P-1", kind: "integrator", parentId: "P-2", programs: [] },
    {
      id: "P-2",
      kind: "pe_vc",
      parentId: null,
      programs: [{ name: "pe_vc_pricing", from: "2025-07-01", to: null }],
    },
  ],
  registrations: [
    {
      id: "R-1",
      partnerId: "P-1",
      submittedOn: "2026-01-08",
      recordedOn: "2026-01-09",
      status: "approved",
      decidedOn: "2026-01-11",
      source: "prm",
      secondHandOn: null,
    },
  ],
  roles: [
    {
      id: "T-1",
      partnerId: "P-1",
      role: "sourcer",
      touchStage: 0,
      touchedOn: "2026-01-08",
      recordedOn: "2026-01-12",
      confirmedOn: null,
      source: null,
      secondHandOn: null,
    },
    {
      id: "T-2",
      partnerId: "P-2",
      role: "sourcer",
      touchStage: 1,
      touchedOn: "2026-01-11",
      recordedOn: "2026-01-12",
      confirmedOn: "2026-01-13",
      source: null,
      secondHandOn: "2026-01-13",
    },
  ],
  activities: [
    {
      id: "A-1",
      partnerId: "P-1",
      type: "joint_discovery",
      stage: 2,
      occurredOn: "2026-01-28",
      recordedOn: "2026-01-29",
      proof: "https://calendar.example/e/1",
      involvement: "direct",
      source: "calendar",
      secondHandOn: null,
    },
  ],
  rulings: [
    { id: "X-1", partnerId: "P-1", model: "lanes", outcome: "assisted_close", decidedOn: "2026-04-20" },
  ],
  cohort: { medianCycleDays: 92.5 },
});

/** A copy of `document` with the value at `path` replaced; `undefined` takes the key away. */
function withValue(document: object, path: string, value: unknown): unknown {
  const copy = structuredClone(document) as Record<string, unknown>;
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  const last = keys.pop() as string;
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

function refusalOf(parse: () => unknown): Refusal {
  try {
    parse();
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
  throw new Error("was not refused");
}

type Change = [rule: string, path: string, value: unknown, field?: string];

const REFUSED_FACTS: Change[] = [
  ["an unknown stage", "stages[0].stage", 7],
  ["a negative stage", "activities[0].stage", -1],
  ["a fractional stage", "roles[0].touchStage", 1.5],
  ["a stage in words", "activities[0].stage", "2"],
  ["a role outside the four", "roles[0].role", "closer"],
  ["a proof that is a script", "activities[0].proof", "javascript:alert(1)"],
  ["a proof that is a file", "activities[0].proof", "ftp://files.example/1"],
  ["a proof that is mere words", "activities[0].proof", "met them in Lisbon"],
  ["an empty proof", "activities[0].proof", ""],
  ["a proof without host", "activities[0].proof", "https://"],
  ["a note reference without reference", "activities[0].proof", "note:"],
  ["a link after a line break", "activities[0].proof", "https://a.example/\njavascript:alert(1)"],
  ["an occurrence in the future", "roles[0].touchedOn", "2026-05-01"],
  ["a negative amount", "deal.amount", -1],
  ["a fractional amount", "deal.amount", 10.5],
  ["an amount beyond exact doubles", "deal.amount", 2 ** 53],
  ["an amount in words", "deal.amount", "100"],
  ["a currency that does not exist", "deal.currency", "XYZ"],
  ["a currency in small letters", "deal.currency", "usd"],
  ["a currency that every object has", "deal.currency", "constructor"],
  ["a close after asOf", "deal.closedOn", "2026-05-01"],
  ["a close on an open deal", "deal.outcome", "open", "deal.closedOn"],
  ["a won deal without close", "deal.closedOn", null],
  ["a partner that is its own parent", "partners[0].parentId", "P-1"],
  ["a partner that is its own ancestor", "partners[1].parentId", "P-1", "partners[0].parentId"],
  ["two rows for one partner and role", "roles[1].partnerId", "P-1", "roles[1].role"],
  ["two facts with one id", "roles[1].id", "T-1"],
  ["a month that does not exist", "deal.createdOn", "2026-13-01"],
  ["a day that does not exist", "deal.createdOn", "2026-02-29"],
  ["a day with a time", "deal.createdOn", "2026-02-28T00:00:00Z"],
  ["an unknown key", "deal.stage", 3],
  ["an unknown key at the top", "now", "2026-01-01"],
  ["a missing key", "deal.route", undefined],
  ["a missing list", "rulings", undefined],
  ["a list that is none", "activities", {}],
  ["a member that is no object", "activities[0]", null],
  ["an unknown route", "deal.route", "barter"],
  ["an unknown partner kind", "partners[0].kind", "friend"],
  ["an unknown registration status", "registrations[0].status", "lost"],
  ["an unknown involvement", "activities[0].involvement", "remote"],
  ["a ruling with an outcome of another model", "rulings[0].outcome", "co_sell"],
  ["a blank id", "activities[0].id", "  "],
  ["an unknown source", "activities[0].source", "rumour"],
  ["a second hand without a day", "roles[1].secondHandOn", true],
  ["a change after close without a day", "deal.amendedOn", "yes"],
  ["a record without a day", "registrations[0].recordedOn", null],
  ["a decided registration without a day of decision", "registrations[0].decidedOn", null],
  ["a pending registration with one", "registrations[0].status", "pending", "registrations[0].decidedOn"],
  ["a program that is no name", "partners[1].programs[0].name", ""],
  ["a program without its last day", "partners[1].programs[0].to", undefined],
  ["a program that ends before it begins", "partners[1].programs[0].to", "2025-06-30"],
  ["a program under two names", "partners[1].programs[0]", 7],
  ["a negative median", "cohort.medianCycleDays", -1],
];

const ACCEPTED_FACTS: Change[] = [
  ["an activity planned after asOf, which is not there yet", "activities[0].occurredOn", "2026-05-02"],
  ["a record made after asOf", "activities[0].recordedOn", "2026-05-02"],
  ["a confirmation after asOf", "roles[0].confirmedOn", "2026-05-02"],
  ["a touch after its record", "roles[0].touchedOn", "2026-02-01"],
  ["no proof", "activities[0].proof", null],
  ["a note as proof", "activities[0].proof", "note:123"],
  ["a leap day", "deal.createdOn", "2024-02-29"],
  ["a deal closed before it was created", "deal.createdOn", "2026-04-20"],
  ["an amount of nothing", "deal.amount", 0],
  ["an activity type of a company's own menu", "activities[0].type", "golf"],
  ["a parent that is not in the document", "partners[1].parentId", "P-9"],
  ["a record made days after the close", "registrations[0].recordedOn", "2026-04-10"],
  ["a decision after asOf", "registrations[0].decidedOn", "2026-05-10"],
  ["a program of one day", "partners[1].programs[0].to", "2025-07-01"],
  ["no cohort", "cohort.medianCycleDays", null],
];

describe("parseFacts", () => {
  it("returns a good document as it is", () => {
    expect(parseFacts(facts())).toEqual(facts());
  });

  it("writes out what a document leaves out", () => {
    const { deal, partners, registrations, roles, ...rest } = facts();
    const { amendedOn: _, ...sparse } = deal;
    const read = parseFacts({
      ...rest,
      deal: sparse,
      partners: [{ ...partners[1], programs: ["pe_vc_pricing"] }],
      registrations: [
        { id: "R-1", partnerId: "P-1", submittedOn: "2026-01-08", status: "rejected" },
        {
          id: "R-2",
          partnerId: "P-1",
          submittedOn: "2026-01-08",
          recordedOn: "2026-01-10",
          status: "approved",
        },
        { id: "R-3", partnerId: "P-1", submittedOn: "2026-01-08", status: "pending" },
      ],
      roles: roles.map(({ source: _s, secondHandOn: _h, ...row }) => row),
    });
    expect(read.deal.amendedOn).toBeNull();
    expect(read.partners[0]?.programs).toEqual([{ name: "pe_vc_pricing", from: null, to: null }]);
    expect(read.registrations.map(({ recordedOn, decidedOn }) => [recordedOn, decidedOn])).toEqual([
      ["2026-01-08", "2026-01-08"],
      ["2026-01-10", "2026-01-10"],
      ["2026-01-08", null],
    ]);
    for (const { source, secondHandOn } of [...read.registrations, ...read.roles])
      expect([source, secondHandOn]).toEqual([null, null]);
  });

  it.each(REFUSED_FACTS)("refuses %s", (_rule, path, value, field = path) => {
    const refusal = refusalOf(() => parseFacts(withValue(facts(), path, value)));
    expect(refusal.code).toBe("invalid");
    expect(refusal.field).toBe(field);
    if (field === path) expect(refusal.value).toEqual(value ?? null);
    expect(refusal.rule).not.toBe("");
    expect(refusal.message).toContain(field);
  });

  it.each(ACCEPTED_FACTS)("accepts %s", (_rule, path, value) => {
    const document = withValue(facts(), path, value);
    expect(parseFacts(document)).toEqual(document);
  });

  it.each([null, undefined, 1, "facts", [], [facts()]])("refuses %j, which is no document", (input) => {
    expect(refusalOf(() => parseFacts(input)).code).toBe("invalid");
  });

  it("puts the given path before every field", () => {
    const document = withValue(facts(), "deal.amount", -1);
    expect(refusalOf(() => parseFacts(document, "facts")).field).toBe("facts.deal.amount");
  });
});

const REFUSED_POLICIES: Change[] = [
  ["gates that cross", "sourcedAtOrBefore", 5],
  ["gates that meet", "sourcedAtOrBefore", 4],
  ["an influence gate before the sourced one", "influencedBefore", 1, "sourcedAtOrBefore"],
  ["an unknown stage", "influencedBefore", 7],
  ["an unknown model", "model", "three_bucket"],
  ["a co-sell minimum of nothing", "coSellMinimum", 0],
  ["a fractional threshold", "updates.above", 0.5],
  ["a threshold in words", "updates.above", "much"],
  ["a fractional threshold of a currency", "updates.above", { USD: 0.5 }, "updates.above.USD"],
  ["a threshold of a currency that does not exist", "updates.above", { XYZ: 1 }, "updates.above.XYZ"],
  ["a delay of half a day", "recordWithin.days", 0.5],
  ["an unknown consequence of delay", "recordWithin.consequence", "dispute"],
  ["an unknown key of delay", "recordWithin.hours", 3],
  ["an unknown grade", "evidence", "sworn"],
  ["a reach back to no day", "reachesBackTo", "2026"],
  ["an unknown consequence", "updates.consequence", "shout"],
  ["a negative window", "influenceWindowDays", -1],
  ["a share above one", "accelerationMinimum", 25],
  ["a switch in words", "assisted", "yes"],
  ["a motion named twice", "motions[1]", "joint_discovery"],
  ["an unknown key", "bonus", true],
  ["an unknown key below", "updates.every", "week"],
  ["a missing key", "programs", undefined],
];

describe("parsePolicy", () => {
  it.each(Object.entries(PRESETS))("accepts the preset %s", (name, preset) => {
    expect(parsePolicy(JSON.parse(JSON.stringify(preset)))).toEqual(preset);
    expect(parsePolicyChoice(name)).toEqual(preset);
  });

  it.each(REFUSED_POLICIES)("refuses %s", (_rule, path, value, field = path) => {
    const refusal = refusalOf(() => parsePolicy(withValue(PRESETS.two_bucket, path, value)));
    expect(refusal.field).toBe(field);
  });

  it("writes out the terms that a document leaves out, so that it has the hash of one written so", () => {
    for (const preset of Object.values(PRESETS)) {
      const { recordWithin: _w, evidence: _e, reachesBackTo: _r, ...old } = preset;
      expect(parsePolicy(old)).toEqual(preset);
      expect(canonicalJson(parsePolicy(old))).toBe(canonicalJson(preset));
    }
  });

  it("keeps a plain threshold as it is, and one by currency however it is ordered", () => {
    const above = (value: unknown) =>
      parsePolicy(withValue(PRESETS.lanes, "updates.above", value)).updates.above;
    expect(above(7)).toBe(7);
    expect(above({})).toEqual({});
    expect(above({ USD: 1, JPY: 0 })).toEqual({ JPY: 0, USD: 1 });
  });

  it("takes a preset with overrides, those of updates one by one", () => {
    expect(parsePolicyChoice({ preset: "lanes", recordWithin: { days: 3 } })).toEqual({
      ...PRESETS.lanes,
      recordWithin: { ...PRESETS.lanes.recordWithin, days: 3 },
    });
    expect(parsePolicyChoice({ preset: "lanes", assisted: true, updates: { above: 5 } })).toEqual({
      ...PRESETS.lanes,
      assisted: true,
      updates: { ...PRESETS.lanes.updates, above: 5 },
    });
  });

  it.each([
    ["an unknown preset", "four_bucket", "policy"],
    ["an unknown preset with overrides", { preset: "four_bucket" }, "policy.preset"],
    ["an unknown override", { preset: "lanes", bonus: 1 }, "policy.bonus"],
    ["overrides that cross the gates", { preset: "lanes", sourcedAtOrBefore: 4 }, "policy.sourcedAtOrBefore"],
    ["updates that are none", { preset: "lanes", updates: null }, "policy.updates"],
    ["nothing", null, "policy"],
  ])("refuses %s", (_rule, input, field) => {
    expect(refusalOf(() => parsePolicyChoice(input, "policy")).field).toBe(field);
  });
});

describe("field rules", () => {
  it("refuse an occurrence after today and accept today's", () => {
    expect(parseOccurrence("occurredOn", "2026-04-30", "2026-04-30")).toBe("2026-04-30");
    const refusal = refusalOf(() => parseOccurrence("occurredOn", "2026-05-01", "2026-04-30"));
    expect(refusal.rule).toContain("future");
  });

  it.each([
    ["HTTPS://CALENDAR.EXAMPLE/e", true],
    ["http://localhost:3000/x?y=1#z", true],
    ["note:call-2026", true],
    ["https:/one-slash.example", false],
    ["https://host.example/a b", false],
    ["data:text/html,x", false],
    [" https://host.example", false],
    [undefined, false],
  ])("call %s a proof: %s", (value, proof) => {
    expect(isProof(value)).toBe(proof);
  });

  it("call an endless link no proof", () => {
    expect(isProof(`https://host.example/${"x".repeat(2000)}`)).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import type { Kind } from "./kinds";
import { readRows } from "./read-row";

const CLOCK = { today: "2026-06-30", zone: "America/New_York" };

/** A good row of each kind, to be spoilt one column at a time. */
const GOOD: Record<Kind, Record<string, string>> = {
  accounts: { id: "AC-1", name: "Acme", domains: "acme.example; https://www.Acme.de/about;;acme.example" },
  partners: { id: "P-1", name: "Northgate", kind: "integrator", parent_id: "", programs: "a; b;;a" },
  deals: {
    id: "D-1",
    account: "",
    owner: "Moses Frase",
    amount: "1054.00",
    currency: "USD",
    type: "new",
    route: "direct",
    created_on: "2026-01-10",
    closed_on: "2026-03-01",
    outcome: "won",
    first_engaged_on: "",
    recreated_from: "",
  },
  stage_history: { deal_id: "D-1", stage: "0", entered_on: "2026-01-10" },
  registrations: {
    id: "R-1",
    deal_id: "D-1",
    partner_id: "P-1",
    submitted_on: "2026-01-08",
    status: "approved",
  },
  roles: {
    id: "T-1",
    deal_id: "D-1",
    partner_id: "P-1",
    role: "sourcer",
    touch_stage: "0",
    touched_on: "2026-01-08",
    recorded_on: "2026-01-11",
    confirmed_on: "",
  },
  activities: {
    id: "A-1",
    deal_id: "D-1",
    partner_id: "P-1",
    type: "joint_discovery",
    stage: "2",
    occurred_on: "2026-01-20",
    recorded_on: "2026-01-21",
    proof: "https://proof.example/1",
    involvement: "direct",
  },
  costs: { quarter: "2026-Q1", side: "partner_program", category: "travel", amount: "0.10", currency: "USD" },
  rates: { quarter: "2026-Q1", currency: "EUR", rate: "1.0830" },
};

const read = (kind: Kind, spoilt: Record<string, string> = {}) =>
  readRows(kind, [{ line: 7, values: { ...GOOD[kind], ...spoilt } }], CLOCK);

describe("good rows", () => {
  test.each(Object.keys(GOOD) as Kind[])("%s", (kind) => {
    expect(read(kind).refused).toEqual([]);
    expect(read(kind).good).toHaveLength(1);
  });

  test.each<[Kind, Record<string, string>, Record<string, unknown>]>([
    ["partners", {}, { parentId: null, programs: ["a", "b"] }],
    ["partners", { programs: "a@2025-07-01.. ; b" }, { programs: ["a@2025-07-01..", "b"] }],
    ["registrations", {}, { recordedOn: undefined, decidedOn: undefined, reason: undefined }],
    [
      "registrations",
      { recorded_on: "2026-01-09", decided_on: "2026-01-11", reason: "Known account" },
      { recordedOn: "2026-01-09", decidedOn: "2026-01-11", reason: "Known account" },
    ],
    [
      "registrations",
      { recorded_on: "", decided_on: "", reason: "" },
      { recordedOn: undefined, reason: null },
    ],
    ["registrations", { status: "pending", decided_on: "" }, { status: "pending", decidedOn: undefined }],
    ["deals", { amount: "90071992547409.91" }, { amount: 9007199254740991, account: null }],
    ["deals", { amount: "1054", currency: "JPY" }, { amount: 1054 }],
    ["deals", { amount: "0.29" }, { amount: 29 }],
    ["deals", { created_on: "2026-03-02" }, { createdOn: "2026-03-02", closedOn: "2026-03-01" }],
    ["deals", { owner: "  Moses Frase " }, { owner: "Moses Frase" }],
    ["activities", { proof: "" }, { proof: null }],
    ["deals", { amount: "12000.0000" }, { amount: 1200000 }],
    ["deals", { amount: "5000.00", currency: "JPY" }, { amount: 5000 }],
    [
      "deals",
      { name: "Renewal", url: "https://crm.example/1", probability: "75.0", forecast_category: "best_case" },
      { name: "Renewal", crmUrl: "https://crm.example/1", probability: 75, forecastCategory: "best_case" },
    ],
    [
      "deals",
      { expected_close_on: "2027-03-31", next_step: "" },
      { expectedCloseOn: "2027-03-31", nextStep: null },
    ],
    ["deals", {}, { name: undefined, crmUrl: undefined, probability: undefined, stands: undefined }],
    ["roles", { contact: "Zoe" }, { contact: "Zoe" }],
    ["activities", { next_step: "Call", next_step_due_on: "2027-01-01" }, { nextStepDueOn: "2027-01-01" }],
    ["stage_history", {}, { enteredOn: "2026-01-10", enteredTime: null }],
    ["stage_history", { entered_on: "2026-01-10T09:30" }, { enteredTime: "09:30:00" }],
    ["stage_history", { entered_on: "2026-01-10 09:30:15.500" }, { enteredTime: "09:30:15.5" }],
    [
      "stage_history",
      { entered_on: "2026-01-10T03:30:00.250Z" },
      { enteredOn: "2026-01-09", enteredTime: "22:30:00.25" },
    ],
    ["rates", { rate: "1.0830" }, { rate: "1.083" }],
    ["rates", { rate: "2.000" }, { rate: "2" }],
  ])("%s with %j", (kind, spoilt, expected) => {
    expect(read(kind, spoilt).good[0]?.row).toMatchObject(expected);
  });

  test("a column that is absent is not told, which is not the same as empty", () => {
    const { proof: _, ...values } = GOOD.activities;
    const [absent] = readRows("activities", [{ line: 1, values }], CLOCK).good;
    expect(absent?.row.proof).toBeUndefined();
  });
});

describe("bad rows come back with line, field, value and reason", () => {
  test.each<[Kind, Record<string, string>, string, RegExp]>([
    ["partners", { kind: "friend" }, "kind", /must be one of integrator/],
    ["partners", { name: " " }, "name", /empty/],
    ["partners", { parent_id: "P-1\0" }, "parent_id", /cannot be stored/],
    ["deals", { id: "" }, "id", /empty/],
    ["deals", { owner: "\u200b\u2060" }, "owner", /empty/],
    ["deals", { account: "Acme \u202edetrevni" }, "account", /turns the writing/],
    ["deals", { id: "x".repeat(201) }, "id", /200 characters/],
    ["deals", { amount: "-1.00" }, "amount", /without sign/],
    ["deals", { amount: "1.005" }, "amount", /at most 2 decimals/],
    ["deals", { amount: "1e3" }, "amount", /is written/],
    ["deals", { amount: "1,054.00" }, "amount", /is written/],
    ["deals", { amount: "1.5", currency: "JPY" }, "amount", /at most 0 decimals/],
    ["deals", { amount: "90071992547409.92" }, "amount", /9,007,199,254,740,991/],
    ["deals", { currency: "DEM" }, "currency", /ISO 4217/],
    ["deals", { currency: "usd" }, "currency", /ISO 4217/],
    ["deals", { type: "upsell" }, "type", /must be one of/],
    ["deals", { created_on: "2026-02-30" }, "created_on", /calendar/],
    ["deals", { created_on: "03/04/2026" }, "created_on", /day\/month or as month\/day/],
    ["deals", { created_on: "2026-07-01" }, "created_on", /future/],
    ["deals", { closed_on: "2026-07-01" }, "closed_on", /cannot be after 30 Jun 2026/],
    ["deals", { outcome: "open" }, "closed_on", /open deal has no close day/],
    ["deals", { closed_on: "" }, "closed_on", /has a close day/],
    ["deals", { recreated_from: "D-1" }, "recreated_from", /replace itself/],
    ["deals", { color: "red" }, "color", /not a column of deals/],
    ["deals", { amount: "12000.123" }, "amount", /at most 2 decimals/],
    ["deals", { amount: "5000.5", currency: "JPY" }, "amount", /at most 0 decimals/],
    ["deals", { url: "javascript:alert(1)" }, "url", /must be a link/],
    ["deals", { probability: "101" }, "probability", /0 to 100/],
    ["deals", { probability: "7.5" }, "probability", /whole number/],
    ["deals", { forecast_category: "maybe" }, "forecast_category", /must be one of/],
    ["deals", { name: "x".repeat(201) }, "name", /200 characters/],
    ["deals", { id: "1.23457E+10" }, "id", /spreadsheet/],
    ["activities", { next_step_due_on: "2027-01-01" }, "next_step_due_on", /needs its next step/],
    ["stage_history", { entered_on: "2026-01-10T24:61:00" }, "entered_on", /no such time/],
    ["stage_history", { entered_on: "2026-07-01T00:00:00" }, "entered_on", /future/],
    ["stage_history", { stage: "7" }, "stage", /0, 1, 2, 3, 4, 5, 6/],
    ["stage_history", { stage: "1.0" }, "stage", /0, 1, 2, 3, 4, 5, 6/],
    ["stage_history", { stage: "Prospecting" }, "stage", /0, 1, 2, 3, 4, 5, 6/],
    ["registrations", { status: "maybe" }, "status", /must be one of pending/],
    ["registrations", { submitted_on: "2027-01-01" }, "submitted_on", /future/],
    ["registrations", { recorded_on: "2026-01-07" }, "submitted_on", /after 7 Jan 2026/],
    ["registrations", { recorded_on: "2026-07-01" }, "recorded_on", /future/],
    ["registrations", { decided_on: "2026-07-01" }, "decided_on", /future/],
    ["registrations", { status: "pending", decided_on: "2026-01-11" }, "decided_on", /pending/],
    ["partners", { programs: "a@2025-07-01" }, "programs", /name@FROM\.\.TO/],
    ["roles", { role: "champion" }, "role", /must be one of sourcer/],
    ["roles", { touched_on: "2026-01-12" }, "touched_on", /after 11 Jan 2026/],
    ["activities", { occurred_on: "2026-07-01" }, "occurred_on", /future/],
    ["activities", { occurred_on: "2026-01-22" }, "occurred_on", /after 21 Jan 2026/],
    ["activities", { proof: "javascript:alert(1)" }, "proof", /http\(s\) link or a note/],
    ["activities", { type: "Joint Discovery" }, "type", /joint_discovery/],
    ["activities", { involvement: "" }, "involvement", /empty/],
    ["costs", { quarter: "2026-Q5" }, "quarter", /YYYY-Q1/],
    ["costs", { side: "both" }, "side", /partner_program/],
    ["rates", { rate: "0" }, "rate", /above 0/],
    ["rates", { rate: "1.1234567890123" }, "rate", /twelve digits/],
  ])("%s with %j", (kind, spoilt, field, reason) => {
    const { good, refused } = read(kind, spoilt);
    expect(good).toEqual([]);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ line: 7, field });
    expect(refused[0]?.reason).toMatch(reason);
  });
});

import { expect, test } from "vitest";
import { changesIn } from "./changes";
import { planRows } from "./plan";
import type { Known, StoredOfKind } from "./stored";

const known = { stored: [], stages: [], deals: new Set<string>(), parents: new Map<string, string | null>() };

const deal = (id: string, changes: Partial<StoredOfKind["deals"]> = {}): StoredOfKind["deals"] => ({
  ...{ id, account: "Acme", owner: "Ann", amount: 100, currency: "USD", type: "new", route: "direct" },
  ...{ createdOn: "2026-01-01", closedOn: null, outcome: "open", firstEngagedOn: null, recreatedFrom: null },
  ...{
    name: null,
    accountId: null,
    crmUrl: null,
    expectedCloseOn: null,
    probability: null,
    gateReceipt: null,
    forecastCategory: null,
    nextStep: null,
  },
  ...changes,
});

test("says of each row what it would change, in order of line, and of one that says the same nothing", () => {
  const rows = [
    { line: 4, row: deal("new", { nextStep: "call" }) },
    { line: 2, row: deal("known", { amount: 250, nextStep: null }) },
    { line: 3, row: deal("same") },
  ];
  const stored = [deal("known", { nextStep: "mail" }), deal("same")];
  const [changed, made, ...more] = changesIn(planRows("deals", rows, { ...known, stored } as Known<"deals">));
  expect(more).toEqual([]);
  expect(changed).toEqual({
    line: 2,
    id: "known",
    before: { amount: 100, nextStep: "mail", currency: "USD" },
    after: { amount: 250, nextStep: null, currency: "USD" },
  });
  expect(made).toMatchObject({ line: 4, before: null, after: { id: "new", nextStep: "call" } });
  expect(Object.keys(made!.after)).not.toContain("recreatedFrom");
});

test("says which stage a deal would enter, and that a vouched activity loses its second person", () => {
  const stands = { stage: 3 as const, enteredOn: "2026-02-01", enteredTime: null, isDated: true };
  const stays = planRows("deals", [{ line: 2, row: { ...deal("D"), stands } }], {
    ...known,
    stored: [deal("D")],
  } as Known<"deals">);
  expect(changesIn(stays)).toEqual([
    { line: 2, id: "D", before: null, after: { dealId: "D", stage: 3, enteredOn: "2026-02-01" } },
  ]);
  const activity: StoredOfKind["activities"] = {
    ...{ id: "A", dealId: "D", partnerId: "P", type: "joint_pitch", stage: 2, occurredOn: "2026-02-01" },
    ...{
      recordedOn: "2026-02-01",
      proof: null,
      involvement: "direct",
      ownerId: null,
      nextStep: null,
      nextStepDueOn: null,
    },
    ...{ importId: "I", changedBy: null, vouchedOn: "2026-02-03", vouchedBy: "ana" },
  };
  const { importId, changedBy, vouchedOn, vouchedBy, ...said } = activity;
  const plan = planRows("activities", [{ line: 2, row: { ...said, stage: 3 } }], {
    ...known,
    ...{ stored: [activity], deals: new Set(["D"]), parents: new Map([["P", null]]) },
  } as Known<"activities">);
  expect(changesIn(plan)).toEqual([
    { line: 2, id: "A", before: { stage: 2, vouchedOn: "2026-02-03" }, after: { stage: 3, vouchedOn: null } },
  ]);
});

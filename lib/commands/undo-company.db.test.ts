import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany } from "./commands.fixture";
import { editSettings } from "./company/edit-settings";
import { editUser } from "./company/edit-user";
import { recordCost } from "./finance/record-cost";
import { recordRate } from "./finance/record-rate";
import { saveMapping } from "./import/save-mapping";
import { undo } from "./undo";
import type { AnyVerb } from "./verbs";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

/** People without what signing in moves, the settings, the mappings. */
async function stands(): Promise<unknown> {
  const rows = await company.client.db.execute(sql`
    select (select jsonb_agg(to_jsonb(u) - 'password_set_at' order by id) from users u) as people,
      (select jsonb_agg(to_jsonb(s)) from settings s) as settings,
      (select jsonb_agg(to_jsonb(m) order by id) from mappings m) as mappings`);
  return [...rows];
}

const mapping = (currency: string) => ({
  name: "Rates of the bank",
  document: {
    kind: "rates",
    fields: { quarter: { column: "Quarter" }, currency: { column: currency }, rate: { column: "Rate" } },
  },
});

test.each<[string, AnyVerb, object]>([
  ["a team", editUser as AnyVerb, { userId: "ana", changes: { team: "North" } }],
  [
    "whose deals are theirs, with their name",
    editUser as AnyVerb,
    { userId: "ben", changes: { name: "B. Okafor", ownerName: null } },
  ],
  ["the activity menu", editSettings as AnyVerb, { addedActivities: ["joint_demo", "training"] }],
  ["how long a registration waits", editSettings as AnyVerb, { registrationAnswerDays: 9 }],
])("%s is as it was, by whoever changed it, once", async (_, verb, input) => {
  await company.as("rita", editSettings, { company: `Company of ${_}` });
  const before = await stands();
  const { request } = await company.as("rita", verb, input);
  expect(await stands()).not.toEqual(before);
  await expect(company.as("hope", undo, { request })).rejects.toMatchObject({ code: "forbidden" });
  await company.as("rita", undo, { request });
  expect(await stands()).toEqual(before);
  await expect(company.as("rita", undo, { request })).rejects.toMatchObject({ code: "invalid" });
});

test("what a stage of the CRM means is as it was; a mapping that was entered stays", async () => {
  const entered = await company.as("fay", saveMapping, mapping("Code"));
  await expect(company.as("fay", undo, { request: entered.request })).rejects.toMatchObject({
    rule: expect.stringMatching(/^What was entered is not taken back/),
  });
  const before = await stands();
  const { request } = await company.as("fay", saveMapping, mapping("Currency"));
  await company.as("fay", undo, { request });
  expect(await stands()).toEqual(before);
});

test.each<[string, AnyVerb, object, RegExp]>([
  ["a role", editUser as AnyVerb, { userId: "paul", changes: { role: "auditor" } }, /^A role and access/],
  ["access", editUser as AnyVerb, { userId: "ben", changes: { disabled: true } }, /^A role and access/],
  ["the calendar", editSettings as AnyVerb, { fiscalFirstMonth: 2 }, /^What numbers are counted by/],
])("%s is not taken back, and it is said", async (_, verb, input, rule) => {
  const { request } = await company.as("rita", verb, input);
  const after = await stands();
  await expect(company.as("rita", undo, { request })).rejects.toMatchObject({
    rule: expect.stringMatching(rule),
  });
  expect(await stands()).toEqual(after);
});

test("what somebody changed since is kept; what stands beside it is no matter", async () => {
  const north = await company.as("rita", editUser, { userId: "carl", changes: { team: "North" } });
  await company.as("rita", editUser, { userId: "carl", changes: { name: "Carl M." } });
  await company.as("rita", undo, { request: north.request });
  const south = await company.as("rita", editUser, { userId: "carl", changes: { team: "South" } });
  await company.as("rita", editUser, { userId: "carl", changes: { team: "West" } });
  await expect(company.as("rita", undo, { request: south.request })).rejects.toMatchObject({
    code: "conflict",
  });
  const [carl] = await company.client.db.execute(sql`select name, team from users where id = 'carl'`);
  expect(carl).toEqual({ name: "Carl M.", team: "West" });
});

const cost = (amount: number, more: object = {}) => ({
  ...{ quarter: "2026-Q1", side: "partner_program", category: "MDF", amount, currency: "USD", ...more },
});

test.each<[string, AnyVerb, object, object, object]>([
  ["a cost", recordCost as AnyVerb, cost(500, { evidence: "https://books.example/1" }), cost(700), cost(900)],
  [
    "a rate",
    recordRate as AnyVerb,
    { quarter: "2026-Q1", currency: "EUR", rate: "1.10" },
    { quarter: "2026-Q1", currency: "EUR", rate: "1.2" },
    { quarter: "2026-Q1", currency: "EUR", rate: "1.3" },
  ],
])(
  "%s goes where it was entered, is again what it was, and is kept where somebody changed it since",
  async (_, verb, first, second, third) => {
    const figures = async () => [
      ...(await company.client.db.execute(
        sql`select to_jsonb(c) as row from costs c union all select to_jsonb(r) from rates r`,
      )),
    ];
    const none = await figures();
    const entered = await company.as("fay", verb, first);
    await company.as("fay", undo, { request: entered.request });
    expect(await figures()).toEqual(none);
    await company.as("fay", verb, first);
    const before = await figures();
    const changed = await company.as("fay", verb, second);
    await company.as("fay", undo, { request: changed.request });
    expect(await figures()).toEqual(before);
    const again = await company.as("fay", verb, second);
    await company.as("fay", verb, third);
    await expect(company.as("fay", undo, { request: again.request })).rejects.toMatchObject({
      code: "conflict",
    });
  },
);

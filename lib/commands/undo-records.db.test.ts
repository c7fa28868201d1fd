import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import { type Company, openCompany, TODAY } from "./commands.fixture";
import { editAccount } from "./customer/edit-account";
import { leaveAccount } from "./customer/leave-account";
import { editContact } from "./partner/edit-contact";
import { editPartner } from "./partner/edit-partner";
import { decideRegistration } from "./registration/decide-registration";
import { type Person, SCENES, Stage } from "./scenes.fixture";
import { undo } from "./undo";
import { type AnyVerb, VERBS } from "./verbs";

let company: Company;
let stage: Stage;
beforeAll(async () => {
  company = await openCompany();
  stage = new Stage(company);
});
afterAll(() => company.close());

/** All that is known of records, their versions apart. */
async function records(): Promise<string> {
  const tables = [
    "accounts",
    "account_domains",
    "partner_accounts",
    "partners",
    "partner_contacts",
    "registrations",
  ];
  const found = await company.client.db.execute(
    sql.raw(
      tables
        .map(
          (table) => `select '${table}' as of, jsonb_agg(to_jsonb(t) - 'version' - 'created_at'
            order by to_jsonb(t)::text) as rows from (select * from ${table}) t`,
        )
        .join(" union all "),
    ),
  );
  return canonicalJson([...found]);
}

const verbOf = (name: string) => VERBS.find((verb) => verb.name === name) as AnyVerb;

describe.each([
  ...["edit-account", "enter-account", "leave-account", "create-contact", "edit-contact", "remove-contact"],
  ...["edit-partner", "submit-registration", "extend-registration", "match-registration"],
] as const)("undo of %s", (name) => {
  test("puts every record back as it stood", async () => {
    const { by, set } = SCENES[name];
    const input = await set(stage);
    const before = await records();
    const { request } = await company.as(by, verbOf(name), input);
    expect(await records()).not.toBe(before);
    await company.as(by, undo, { request });
    expect(await records()).toBe(before);
    await expect(company.as(by, undo, { request })).rejects.toMatchObject({ code: "invalid" });
  });
});

/** What somebody else wrote in between, and what would have been lost by an undo that did not look. */
const MEANWHILE: Record<
  string,
  () => Promise<[by: Person, verb: AnyVerb, input: unknown, verb: AnyVerb, input: unknown]>
> = {
  "an account": async () => {
    const accountId = await stage.account();
    const domains = [`${accountId.toLowerCase()}.example`];
    return [
      "pam",
      editAccount,
      { accountId, changes: { name: "Marlow Group" } },
      editAccount,
      { accountId, changes: { domains } },
    ];
  },
  "a partner": async () => {
    const partnerId = "P-2";
    return [
      "pam",
      editPartner,
      { partnerId, changes: { kind: "agency" } },
      editPartner,
      { partnerId, changes: { ownerId: "pam" } },
    ];
  },
  "a contact": async () => {
    const contactId = await stage.contact();
    const changes = { email: `idris@${contactId.toLowerCase()}.example` };
    return [
      "pam",
      editContact,
      { contactId, changes: { title: "Lead" } },
      editContact,
      { contactId, changes },
    ];
  },
  "who is in an account": async () => {
    const entry = { accountId: await stage.account(), partnerId: "P-1" };
    return ["pam", verbOf("enter-account"), entry, leaveAccount, entry];
  },
  "a registration": async () => {
    const { registrationId, until } = (await SCENES["extend-registration"].set(stage)) as Record<
      string,
      string
    >;
    const rejected = { registrationId, status: "rejected", reason: "It was ours before" };
    return ["pam", verbOf("extend-registration"), { registrationId, until }, decideRegistration, rejected];
  },
};

test.each(Object.entries(MEANWHILE))(
  "%s that somebody else changed since is kept, and it is said",
  async (_what, scene) => {
    const [by, verb, input, other, theirs] = await scene();
    const { request } = await company.as(by, verb, input);
    await company.as("paul", other, theirs);
    const stands = await records();
    await expect(company.as(by, undo, { request })).rejects.toMatchObject({
      code: "conflict",
      rule: "somebody changed this since; what stands now was kept",
    });
    expect(await records()).toBe(stands);
  },
);

test("a decision is not taken back, and neither is what was entered", async () => {
  const registrationId = await stage.registration();
  const decided = await company.as("paul", decideRegistration, { registrationId, status: "approved" });
  await expect(company.as("paul", undo, { request: decided.request })).rejects.toMatchObject({
    rule: "A decision is not taken back: decide again",
  });
  const entered = await company.as("pam", verbOf("create-partner"), { name: "Orrin", kind: "referral" });
  await expect(company.as("pam", undo, { request: entered.request })).rejects.toMatchObject({
    rule: expect.stringMatching(/^What was entered is not taken back/),
  });
});

test("a deal's account is called as it was, and the deal is judged once more", async () => {
  const { accountId, changes } = (await SCENES["edit-account"].set(stage)) as {
    accountId: string;
    changes: { name: string };
  };
  const shown = async () =>
    [
      ...(await company.client.db.execute<{ account: string; version: number }>(
        sql`select account, version from deals where account_id = ${accountId}`,
      )),
    ][0]!;
  const was = await shown();
  const { request } = await company.as("pam", editAccount, { accountId, changes }, { today: TODAY });
  expect((await shown()).account).toBe(changes.name);
  await company.as("pam", undo, { request });
  expect(await shown()).toEqual({ account: was.account, version: was.version + 2 });
});

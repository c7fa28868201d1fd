import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { createAccount } from "@/lib/commands/customer/create-account";
import { editAccount } from "@/lib/commands/customer/edit-account";
import { enterAccount } from "@/lib/commands/customer/enter-account";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { createContact } from "@/lib/commands/partner/create-contact";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { matchRegistration } from "@/lib/commands/registration/match-registration";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import type { Person } from "@/lib/commands/scenes.fixture";
import { accountRecord } from "./customer/account-record";
import { accountsList } from "./customer/accounts-list";
import { deal } from "./deal/deal";
import { partner } from "./partner/partner";
import { partnerActivities } from "./partner/partner-activities";
import { partnersInMotion } from "./partner/partners-in-motion";
import type { Query } from "./query";
import { registration } from "./registration/registration";
import { registrationsList } from "./registration/registrations-list";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

async function ask<I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  input: z.input<I>,
  person: Person = "pam",
): Promise<z.output<O>> {
  const context = { db: company.client.db, actor: company.actor(person), today: TODAY };
  // What is answered must be what the contract says, to the last key.
  return query.output.parse(await query.run(context, query.input.parse(input)));
}

const idOf = async (name: string) =>
  (await ask(accountsList, { search: name })).rows.find((row) => row.name === name)!.id;

test("a deal enters the account that it names, once, and shows its new name", async () => {
  const [one, two] = [
    await company.deal({ account: "Quill Foods" }),
    await company.deal({ account: "quill foods" }),
  ];
  const { rows } = await ask(accountsList, { search: "quill" });
  expect(rows.map(({ name, deals, open }) => ({ name, deals, open }))).toEqual([
    { name: "Quill Foods", deals: 2, open: 2 },
  ]);
  const accountId = rows[0]!.id;
  await company.as("ana", editAccount, {
    accountId,
    changes: { name: "Quill & Sons", domains: ["www.Quill.example"] },
  });
  for (const dealId of [one, two]) expect((await ask(deal, { dealId })).deal.account).toBe("Quill & Sons");
  const { account, deals } = await ask(accountRecord, { accountId });
  expect(account.domains).toEqual(["quill.example"]);
  expect(deals.map(({ id, account: name }) => [id, name]).sort()).toEqual(
    [
      [one, "Quill & Sons"],
      [two, "Quill & Sons"],
    ].sort(),
  );
});

test("a domain is one account's alone", async () => {
  await company.as("ana", createAccount, { name: "First", domains: ["first.example"] });
  await expect(
    company.as("ana", createAccount, { name: "Second", domains: ["https://first.example/en"] }),
  ).rejects.toMatchObject({ field: "domains", value: "first.example", rule: /First's/ });
});

test("a partner in an account but on no deal of it shows as such", async () => {
  await company.deal({ account: "Dovecote" });
  const accountId = await idOf("Dovecote");
  const { partnerId } = await company.as("pam", createPartner, { name: "Quiet & Co", kind: "agency" });
  await company.as("pam", createContact, { partnerId, name: "Noor Jansen", email: "NOOR@quiet.example" });
  await company.as("pam", enterAccount, { partnerId, accountId });
  const { partners } = await ask(accountRecord, { accountId });
  expect(partners).toEqual([
    { id: partnerId, name: "Quiet & Co", deals: 0, said: { on: TODAY, by: "Pam Lind" } },
  ]);
  const page = await ask(partner, { partnerId: partnerId as string });
  expect(page.partner).toMatchObject({
    standing: "attached",
    lastActionOn: null,
    accounts: [{ id: accountId, name: "Dovecote", deals: 0 }],
    contacts: [{ name: "Noor Jansen", email: "noor@quiet.example" }],
  });
});

test("partners are active, silent, attached or new by their last action, and each stands in one list", async () => {
  const dealId = await company.deal({ account: "Movers", createdOn: "2026-01-01" });
  const acts = async (partnerId: string, occurredOn: string) =>
    company.as("pam", logActivity, { dealId, partnerId, type: "joint_pitch", stage: 2, occurredOn });
  await acts("P-1", "2026-05-10");
  await acts("P-2", "2026-02-01");
  await company.as("pam", createPartner, { id: "P-new", name: "Newcomer", kind: "referral" });
  const { windowDays, counts, rows } = await ask(partnersInMotion, {});
  expect(windowDays).toBe(60);
  const standing = new Map(rows.map((row) => [row.id, row.standing]));
  expect(["P-1", "P-2", "P-new"].map((id) => standing.get(id))).toEqual(["active", "silent", "new"]);
  for (const [one, many] of Object.entries(counts!)) {
    const found = await ask(partnersInMotion, { standing: one as "active" });
    expect(found.rows).toHaveLength(many);
    expect(found.rows.every((row) => row.standing === one)).toBe(true);
  }
  expect((await ask(partnerActivities, { partnerId: "P-1" })).rows).toMatchObject([
    { on: "2026-05-10", deal: { id: dealId, account: "Movers" } },
  ]);
});

test.each(["name", "lastActionOn", "deals"] as const)(
  "by %s, pages hold every partner once",
  async (sort) => {
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const { rows, next } = await ask(partnersInMotion, { sort, after, limit: 2 });
      seen.push(...rows.map(({ id }) => id));
      if (next === null) break;
      after = next;
    }
    const all = (await ask(partnersInMotion, { sort })).rows.map(({ id }) => id);
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
  },
);

test("a registration collides with the open deals and registrations of its account and of its domain", async () => {
  const dealId = await company.deal({ account: "Halewood" });
  const accountId = await idOf("Halewood");
  await company.as("ana", editAccount, { accountId, changes: { domains: ["halewood.example"] } });
  const submit = (input: object) =>
    company.as("pam", submitRegistration, { submittedOn: "2026-05-01", ...input });
  const { registrationId: named } = await submit({ partnerId: "P-1", account: "halewood" });
  const { registrationId: byDomain } = await submit({
    ...{ partnerId: "P-2", account: "Halewood Retail", domain: "www.halewood.example" },
  });
  const { registrationId: elsewhere } = await submit({ partnerId: "P-2", account: "Somewhere else" });
  const beside = async (registrationId: unknown) => {
    const { deals, registrations } = await ask(registration, { registrationId: registrationId as string });
    return [deals.map(({ id }) => id), registrations.map(({ id }) => id)];
  };
  expect(await beside(named)).toEqual([[dealId], [byDomain]]);
  expect(await beside(byDomain)).toEqual([[dealId], [named]]);
  expect(await beside(elsewhere)).toEqual([[], []]);
  const { rows, waiting, overdue } = await ask(registrationsList, { status: "pending" });
  const found = new Map(rows.map((row) => [row.id, row]));
  expect(found.get(named as string)).toMatchObject({ waitingDays: 19, collisions: 2 });
  expect(found.get(elsewhere as string)).toMatchObject({ collisions: 0 });
  expect([waiting, overdue]).toEqual([3, 3]);
});

test("a deal entered from a registration takes it over, with its day of record, and is nobody else's after", async () => {
  const asked = { partnerId: "P-1", account: "Sablewood", submittedOn: "2026-05-01" };
  const { registrationId } = await company.as("pam", submitRegistration, asked);
  await company.as("paul", decideRegistration, { registrationId, status: "approved" });
  const from = { account: "Sablewood", amount: 100, currency: "USD", registration: { registrationId } };
  const { dealId } = await company.as("ana", createDeal, from);
  const { deal: made, roles, timeline } = await ask(deal, { dealId: dealId as string });
  expect(made.outcome).toBe("sourced");
  expect(made.evidence).toBe("countersigned");
  expect(roles.map(({ partner: { id }, role, touchedOn }) => [id, role, touchedOn])).toEqual([
    ["P-1", "sourcer", "2026-05-01"],
  ]);
  expect(timeline).toContainEqual(
    expect.objectContaining({
      kind: "registration",
      id: registrationId,
      recordedOn: TODAY,
      status: "approved",
    }),
  );
  await expect(company.as("ana", createDeal, from)).rejects.toMatchObject({ rule: /belongs to a deal/ });
  await expect(company.as("ana", createDeal, { ...from, account: "Another" })).rejects.toMatchObject({
    field: "registration.registrationId",
  });
  const [line] = (await ask(registrationsList, { status: "approved" })).rows;
  expect(line).toMatchObject({ deal: { id: dealId }, protectedUntil: "2026-08-18", waitingDays: null });
});

test("a registration is matched with an open deal of its account or of its domain's, and with no other", async () => {
  const account = "Wexcombe";
  const dealId = await company.deal({ account });
  const ofDomain = await company.deal({ account: "Wexcombe Retail" });
  const another = await company.deal({ account: "Not Wexcombe" });
  const closed = await company.deal({ account });
  await company.as("ana", closeDeal, { dealId: closed, outcome: "lost" });
  const accountId = await idOf("Wexcombe Retail");
  await company.as("ana", editAccount, { accountId, changes: { domains: ["wexcombe.example"] } });
  const asked = { partnerId: "P-1", account, domain: "wexcombe.example", submittedOn: "2026-05-01" };
  const submit = async (input: object) =>
    (await company.as("pam", submitRegistration, input)).registrationId as string;
  const first = await submit(asked);
  const { registration: before, deals } = await ask(registration, { registrationId: first });
  expect(deals.map(({ id }) => id).sort()).toEqual([dealId, ofDomain].sort());
  expect(before.may.match).toBe(true);
  expect((await ask(registration, { registrationId: first }, "ana")).registration.may.match).toMatch(
    /may not/,
  );

  const match = (registrationId: string, id: string) =>
    company.as("pam", matchRegistration, { registrationId, dealId: id });
  await expect(match(first, another)).rejects.toMatchObject({ field: "dealId", rule: /another account/ });
  await expect(match(first, closed)).rejects.toMatchObject({ rule: /what was recorded by then is locked/ });
  const nameless = await submit({ ...asked, domain: null });
  await expect(match(nameless, ofDomain)).rejects.toMatchObject({ rule: /another account/ });
  await match(first, ofDomain);
  await match(nameless, dealId);
  const { timeline } = await ask(deal, { dealId: ofDomain });
  expect(timeline).toContainEqual(
    expect.objectContaining({ kind: "registration", id: first, recordedOn: TODAY }),
  );
  const { registration: after } = await ask(registration, { registrationId: first });
  expect([after.deal?.id, after.account?.name]).toEqual([ofDomain, "Wexcombe Retail"]);
  expect(after.may.match).toMatch(/belongs to a deal already/);
});

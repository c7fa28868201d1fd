import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TODAY } from "@/lib/commands/commands.fixture";
import { acceptConnection } from "@/lib/commands/connection/accept-connection";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { editRole } from "@/lib/commands/role/edit-role";
import type { StandInOrg } from "@/lib/connectors/salesforce/stand-in.fixture";
import { formsOf } from "@/lib/interchange/ids";
import { loadFacts } from "@/lib/judging/facts";
import { Connected } from "./connections.fixture";
import { addDeal, addPartner, id, madeOrg, SETTINGS } from "./salesforce.fixture";

const SECRETS = { clientId: "key", clientSecret: "secret" };
let org: StandInOrg;
let crm: Connected;
beforeEach(async () => {
  org = await madeOrg();
  crm = await Connected.open("salesforce", org.address, SECRETS, SETTINGS);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await crm.close();
  await org.close();
});

const factsOf = async (deal: number) =>
  (await loadFacts(crm.company.client.db, [id("006", deal)], TODAY, { cohorts: "none" }))[0]!;
const lastRun = async () =>
  (
    await crm.rows<Record<string, number>>(
      sql`select read, created, updated, unchanged, refused, removed, written from connection_runs order by started_at desc limit 1`,
    )
  )[0];
const problem = async () =>
  (await crm.rows<{ problem: string | null }>(sql`select problem from connections`))[0]!.problem;

describe("a Salesforce org", () => {
  test("is imported: deals in their accounts, their history without what is no stage, each partner once with its role", async () => {
    await crm.sync();
    const { deal, stages, roles } = await factsOf(1);
    expect(deal).toMatchObject({
      amount: 100050,
      currency: "USD",
      type: "new",
      outcome: "open",
      createdOn: "2026-03-01",
    });
    expect(stages.map(({ stage }) => stage)).toEqual([1, 4]);
    expect(roles).toMatchObject([
      {
        id: id("00I", 1),
        partnerId: id("001", 4),
        role: "sourcer",
        touchStage: 4,
        touchedOn: "2026-03-01",
        confirmedOn: "2026-03-01",
      },
    ]);
    // Added by somebody who does not own the deal: nobody's tag yet. A lender is mapped to no partner of ours.
    expect((await factsOf(2)).roles).toMatchObject([{ role: "co_seller", confirmedOn: null }]);
    expect((await factsOf(3)).roles).toEqual([]);
    expect(await crm.rows(sql`select name from accounts where id = ${id("001", 2)}`)).toEqual([
      { name: "Customer 2" },
    ]);
  });

  test("is read again with no change: nothing is written, and a turn that finds nothing leaves no run", async () => {
    await crm.sync();
    const before = await crm.facts();
    const runs = sql`select count(*)::int as n from connection_runs`;
    const [{ n }] = (await crm.rows<{ n: number }>(runs)) as [{ n: number }];
    await crm.sync();
    expect(await crm.rows(runs)).toEqual([{ n }]);
    await crm.ask("replay");
    await crm.turns();
    expect(await crm.facts()).toEqual(before);
    expect(await lastRun()).toMatchObject({ created: 0, updated: 0, refused: 0, removed: 0 });
  });

  test("brings what changed, was added and was deleted since, and what is deleted goes", async () => {
    await crm.sync();
    org.change("Opportunity", id("006", 1), {
      Amount: 5,
      StageName: "Closed Won",
      IsClosed: true,
      IsWon: true,
      CloseDate: "2026-03-05",
    });
    org.add("OpportunityHistory", { Id: "0089", OpportunityId: id("006", 1), StageName: "Closed Won" });
    org.change("Opportunity", id("006", 4), { IsDeleted: true });
    org.change("OpportunityPartner", id("00I", 3), { IsDeleted: true });
    addDeal(org, 8);
    await crm.sync();
    expect((await factsOf(1)).deal).toMatchObject({ amount: 500, outcome: "won", closedOn: "2026-03-05" });
    expect((await factsOf(1)).stages.at(-1)?.stage).toBe(5);
    expect(await factsOf(4)).toBeUndefined();
    expect((await factsOf(2)).roles).toEqual([]);
    expect((await factsOf(8)).deal.outcome).toBe("open");
    const [entry] = await crm.rows(
      sql`select actor, after ->> 'reason' as why from audit_entries where action = 'delete-deal'`,
    );
    expect(entry).toEqual({ actor: `connection:${crm.connectionId}`, why: "deleted in Salesforce" });
  });

  test("survives a merge of accounts: the deals and the partner's rows move to the one that is left", async () => {
    await crm.sync();
    org.change("Account", id("001", 2), { IsDeleted: true, MasterRecordId: id("001", 1) });
    org.change("Account", id("001", 4), { IsDeleted: true, MasterRecordId: id("001", 5) });
    org.change("Account", id("001", 1), {});
    org.change("Account", id("001", 5), {});
    // A merge moves the records without a new stamp of theirs.
    for (const deal of org.objects.Opportunity!)
      if (deal.AccountId === id("001", 2))
        Object.assign(deal, { AccountId: id("001", 1), Account: { Name: "Customer 1" } });
    for (const partner of org.objects.OpportunityPartner!)
      if (partner.AccountToId === id("001", 4))
        Object.assign(partner, { AccountToId: id("001", 5), AccountTo: { Name: "Customer 5" } });
    await crm.sync();
    expect(
      await crm.rows(
        sql`select distinct account_id as id from deals where id in (${id("006", 2)}, ${id("006", 5)})`,
      ),
    ).toEqual([{ id: id("001", 1) }]);
    expect((await factsOf(1)).roles).toMatchObject([{ partnerId: id("001", 5), role: "sourcer" }]);
  });

  test("brings a role of the same partner that was made anew", async () => {
    await crm.sync();
    org.change("OpportunityPartner", id("00I", 3), { IsDeleted: true });
    org.change("OpportunityPartner", id("00I", 4), { IsDeleted: true });
    addPartner(org, { deal: 2, nth: 11, account: 4, role: "VAR/Reseller", by: 9 });
    await crm.sync();
    expect((await factsOf(2)).roles.map((row) => row.id)).toEqual([id("00I", 11)]);
  });

  test("refuses one record whose stage nobody translated, says which, and lands it once somebody has", async () => {
    org.change("Opportunity", id("006", 5), { StageName: "Legal review" });
    await crm.sync();
    expect(await factsOf(5)).toBeUndefined();
    const refused = sql`select refused from source_records where refused is not null and kind = 'deals'`;
    expect(await crm.rows(refused)).toMatchObject([
      { refused: { key: id("006", 5), field: "stage", value: "Legal review" } },
    ]);
    await crm.edit({ stages: { ...SETTINGS.stages, "Legal review": { stage: 5, outcome: "open" } } });
    await crm.ask("rehearse");
    await crm.turns();
    await crm.sync();
    expect((await factsOf(5)).deal.id).toBe(id("006", 5));
    expect(await crm.rows(refused)).toEqual([]);
  });
});

describe("whose word it is", () => {
  test("what it brought is witnessed once finance has accepted it, and what a person typed over is not", async () => {
    await crm.sync();
    expect((await factsOf(1)).roles[0]?.source).toBeNull();
    await expect(
      crm.company.as("rita", acceptConnection, {
        connectionId: crm.connectionId,
        accept: true,
      }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await crm.accept();
    expect((await factsOf(1)).roles[0]?.source).toBe("crm");
    expect((await factsOf(2)).roles[0]?.source).toBe("crm");
    await crm.company.as("hope", editRole, { rowId: id("00I", 3), changes: { touchStage: 1 } });
    expect((await factsOf(2)).roles[0]).toMatchObject({ touchStage: 1, source: null });
  });

  test("what a person decided stays, and is shown where the org says something new of it", async () => {
    await crm.sync();
    await crm.company.as("hope", editRole, { rowId: id("00I", 3), changes: { touchStage: 1 } });
    await crm.company.as("ana", confirmRole, { rowId: id("00I", 3) });
    await crm.company.as("ana", editDeal, {
      dealId: id("006", 2),
      version: await version(2),
      changes: { amount: 77 },
    });
    org.change("Opportunity", id("006", 2), { NextStep: "Call them" });
    await crm.sync();
    const differs = sql`select kind, key, differs from source_records where differs is not null order by kind`;
    expect((await factsOf(2)).deal.amount).toBe(77);
    expect(await crm.rows(sql`select next_step as next from deals where id = ${id("006", 2)}`)).toEqual([
      { next: "Call them" },
    ]);
    expect(await crm.rows(differs)).toEqual([]);
    org.change("Opportunity", id("006", 2), { Amount: 999 });
    org.change("OpportunityPartner", id("00I", 3), { IsDeleted: true });
    await crm.sync();
    expect((await factsOf(2)).deal.amount).toBe(77);
    expect((await factsOf(2)).roles).toMatchObject([{ touchStage: 1, confirmedOn: TODAY }]);
    expect(await crm.rows(differs)).toEqual([
      { kind: "deals", key: id("006", 2), differs: [{ field: "amount", here: 77, there: 99900 }] },
      {
        kind: "roles",
        key: id("00I", 3),
        differs: [{ field: "", here: "somebody here stands behind it", there: null }],
      },
    ]);
  });
});

const version = async (deal: number) =>
  (await crm.rows<{ version: number }>(sql`select version from deals where id = ${id("006", deal)}`))[0]!
    .version;

describe("what goes wrong on the way", () => {
  test.each(["expired", "busy"] as const)("%s answers are asked for again", async (fault) => {
    let nth = 0;
    org.fault = () => (nth++ % 7 === 3 ? fault : null);
    await crm.sync();
    expect((await factsOf(7)).deal.id).toBe(id("006", 7));
  });

  test.each(["half", "cut"] as const)(
    "an answer that is %s at any page leaves whole pages behind, and the next turn goes on to the same end",
    async (fault) => {
      const whole = await Connected.open("salesforce", org.address, SECRETS, SETTINGS);
      await whole.sync();
      const expected = await whole.facts();
      await whole.close();
      // A cut answer is waited for by the client itself, without an end.
      vi.stubEnv("CONNECTION_PATIENCE_MS", "2000");
      let failures = 0;
      // The first request of a turn only finds that nobody is signed in.
      for (let at = 1; ; at++) {
        const one = org.asked.length + at;
        org.fault = () => (org.asked.length === one + 1 ? fault : null);
        await crm.ask("sync");
        await crm.turns(1);
        org.fault = () => null;
        if ((await problem()) === null) break;
        failures++;
      }
      expect(failures).toBeGreaterThan(3);
      await crm.sync();
      expect(await crm.facts()).toEqual(expected);
    },
    120_000,
  );

  test("a wrong secret is said in words, and nothing is read", async () => {
    await crm.edit({ secrets: { clientId: "key", clientSecret: "wrong" } });
    await crm.turns();
    expect(await problem()).toMatch("does not know this consumer key and secret");
  });
});

test("writes back what was decided, to the fields that the company named and once", async () => {
  await crm.edit({ writeBack: { outcome: "Outcome__c", partner: "Partner__c", link: "Link__c" } });
  vi.stubEnv("NEXTAUTH_URL", "https://sign.example");
  await crm.sync();
  expect(org.find("Opportunity", id("006", 1))).toMatchObject({
    ...{
      Outcome__c: expect.any(String),
      Partner__c: "Customer 4",
      Link__c: `https://sign.example/deals/${id("006", 1)}`,
    },
  });
  const patches = () => org.asked.filter((path) => path.includes("composite")).length;
  const before = patches();
  // What was written comes back as a change of the record, and is no news.
  await crm.sync();
  await crm.sync();
  expect(patches()).toBe(before);
});

test("writes to an object that the company chose: a record a deal, made once and changed since", async () => {
  await crm.edit({ writeBack: { outcome: "Outcome__c" } });
  await crm.sync();
  await crm.edit({ writeObject: { name: "Result__c", key: "Deal_Id__c", deal: "Opportunity__c" } });
  await crm.turns();
  expect(
    (await crm.rows<{ fields: string }>(sql`select looked ->> 'objectFields' as fields from connections`))[0]!
      .fields,
  ).toContain("Outcome__c");
  await crm.sync();
  const { Result__c: results } = org.objects;
  const deal = formsOf(id("006", 1))[1];
  expect(results).toHaveLength(7);
  expect(results).toContainEqual(
    expect.objectContaining({ Deal_Id__c: deal, Opportunity__c: deal, Outcome__c: expect.any(String) }),
  );
  // Another field is written of deals that did not change, to the record that stands.
  await crm.edit({ writeBack: { outcome: "Outcome__c", partner: "Partner__c" } });
  await crm.sync();
  expect(results).toHaveLength(7);
  expect(results!.find((one) => one.Deal_Id__c === deal)).toMatchObject({ Partner__c: "Customer 4" });
});

import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TODAY } from "@/lib/commands/commands.fixture";
import { StandInAccount } from "@/lib/connectors/hubspot/stand-in.fixture";
import { loadFacts } from "@/lib/judging/facts";
import { Connected } from "./connections.fixture";

const SECRETS = { accessToken: "token", clientSecret: "" };
const SETTINGS = {
  stages: {
    appointmentscheduled: { stage: 1, outcome: "open" },
    contractsent: { stage: 5, outcome: "open" },
    closedwon: { stage: 5, outcome: "won" },
    closedlost: { stage: 5, outcome: "lost" },
  },
  types: { newbusiness: "new" },
  roles: { "Referral partner": "referral_source" },
};
let hubspot: StandInAccount;
let crm: Connected;
beforeEach(async () => {
  hubspot = await new StandInAccount().open();
  for (let nth = 1; nth <= 7; nth++) {
    hubspot.add(`70${nth}`, {
      ...{
        dealname: `Deal ${nth}`,
        amount: `${nth}00.5`,
        dealstage: "appointmentscheduled",
        dealtype: "newbusiness",
      },
      ...{ hubspot_owner_id: "9", closedate: "2026-06-30T00:00:00Z", hs_deal_stage_probability: "0.2" },
    });
    hubspot.associate(`70${nth}`, `80${nth % 3}`, null);
  }
  for (let nth = 0; nth < 5; nth++) hubspot.companies.set(`80${nth}`, `Company ${nth}`);
  hubspot.associate("701", "804", { typeId: 17, label: "Referral partner" });
  crm = await Connected.open("hubspot", hubspot.address, SECRETS, SETTINGS);
});
afterEach(async () => {
  await crm.close();
  await hubspot.close();
});

const factsOf = async (id: string) =>
  (await loadFacts(crm.company.client.db, [id], TODAY, { cohorts: "none" }))[0];
const lastRun = async () =>
  (
    await crm.rows<Record<string, number>>(
      sql`select created, updated, refused, removed, written from connection_runs order by started_at desc limit 1`,
    )
  )[0];

test("an account is imported: deals with their stages, and the labels of their companies as partners", async () => {
  await crm.sync();
  const { deal, stages, roles } = (await factsOf("701"))!;
  expect(deal).toMatchObject({ amount: 10050, type: "new", outcome: "open", createdOn: "2026-03-01" });
  expect(stages).toMatchObject([{ stage: 1, enteredOn: "2026-03-01" }]);
  expect(roles).toMatchObject([
    {
      id: "701-804-17",
      partnerId: "804",
      role: "referral_source",
      touchStage: 1,
      recordedOn: TODAY,
      source: null,
    },
  ]);
  await crm.accept();
  expect((await factsOf("701"))?.roles[0]?.source).toBe("crm");
});

test("read again with no change nothing is written, and the day a label was first seen stays", async () => {
  await crm.sync();
  const before = await crm.facts();
  hubspot.change("701", { dealstage: "contractsent" });
  hubspot.change("701", { dealstage: "appointmentscheduled" });
  await crm.sync();
  expect((await factsOf("701"))?.roles).toMatchObject([{ touchStage: 1, recordedOn: TODAY }]);
  expect((await factsOf("701"))?.stages.map(({ stage }) => stage)).toEqual([1, 5, 1]);
  const after = await crm.facts();
  await crm.ask("replay");
  await crm.turns();
  expect(await crm.facts()).toEqual(after);
  expect(await lastRun()).toMatchObject({ created: 0, updated: 0, refused: 0, removed: 0 });
  expect(after.length).toBe(before.length + 2);
});

test("a change, a deletion and a merge come over", async () => {
  await crm.sync();
  hubspot.change("702", { dealstage: "closedwon", closedate: "2026-03-05T12:00:00Z" });
  hubspot.archive("703");
  hubspot.archive("704");
  hubspot.change("705", { hs_merged_object_ids: "704" });
  await crm.sync();
  expect((await factsOf("702"))?.deal).toMatchObject({ outcome: "won", closedOn: "2026-03-05" });
  expect([await factsOf("703"), await factsOf("704")]).toEqual([undefined, undefined]);
  const why = await crm.rows<{ why: string }>(
    sql`select after ->> 'reason' as why from audit_entries where action = 'delete-deal' order by subject_id`,
  );
  expect(why.map((one) => one.why)).toEqual(["deleted in HubSpot", "merged into 705 in HubSpot"]);
});

test("retry-after is kept, and a half answer at any page leaves whole pages behind", async () => {
  const whole = await Connected.open("hubspot", hubspot.address, SECRETS, SETTINGS);
  await whole.sync();
  const expected = await whole.facts();
  await whole.close();
  let nth = 0;
  hubspot.fault = () => (nth++ % 5 === 3 ? "busy" : null);
  let failures = 0;
  for (let at = 1; ; at++) {
    const one = hubspot.asked.length + at;
    const busy = hubspot.fault;
    hubspot.fault = (path) => (hubspot.asked.length === one ? "half" : busy(path));
    await crm.ask("sync");
    await crm.turns(1);
    hubspot.fault = busy;
    const [{ problem }] = (await crm.rows<{ problem: string | null }>(
      sql`select problem from connections`,
    )) as [{ problem: string | null }];
    if (problem === null) break;
    expect(problem).toBe("HubSpot's answer was cut");
    failures++;
  }
  expect(failures).toBeGreaterThan(3);
  expect(await crm.facts()).toEqual(expected);
}, 60_000);

test("what was decided is written back once", async () => {
  await crm.edit({ writeBack: { outcome: "partner_outcome" } });
  await crm.sync();
  const written = () => hubspot.asked.filter((path) => path.endsWith("batch/update")).length;
  expect(hubspot.deals[0]?.properties.partner_outcome).toEqual(expect.any(String));
  const before = written();
  await crm.sync();
  await crm.sync();
  expect(written()).toBe(before);
});

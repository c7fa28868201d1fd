import { Signature } from "@hubspot/api-client";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { isSealedByFormer, newSecretKey } from "@/lib/auth/sealed-secrets";
import { TODAY } from "@/lib/commands/commands.fixture";
import { syncPage } from "@/lib/commands/connection/sync-page";
import { perform } from "@/lib/commands/door";
import { StandInAccount } from "@/lib/connectors/hubspot/stand-in.fixture";
import { connectionActor } from "@/lib/jobs/connection-taken";
import { Connected } from "@/lib/jobs/connections.fixture";
import { loadFacts } from "@/lib/judging/facts";
import { answerHeard } from "./heard";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const SECRET = "the app's own secret";
const SETTINGS = {
  stages: { appointmentscheduled: { stage: 1, outcome: "open" } },
  types: { newbusiness: "new" },
  roles: { "Referral partner": "referral_source" },
};
let hubspot: StandInAccount;
let crm: Connected;
beforeEach(async () => {
  hubspot = await new StandInAccount().open();
  for (const id of ["701", "702"]) {
    hubspot.add(id, {
      ...{
        dealname: `Deal ${id}`,
        amount: "100",
        dealstage: "appointmentscheduled",
        dealtype: "newbusiness",
      },
      ...{ hubspot_owner_id: "9", closedate: "2026-06-30T00:00:00Z", hs_deal_stage_probability: "0.2" },
    });
    hubspot.associate(id, "801", null);
  }
  for (const id of ["801", "804"]) hubspot.companies.set(id, `Company ${id}`);
  crm = await Connected.open(
    "hubspot",
    hubspot.address,
    { accessToken: "token", clientSecret: SECRET },
    SETTINGS,
  );
  vi.stubEnv("DATABASE_URL", crm.company.url);
  vi.stubEnv("NEXTAUTH_URL", "https://countersign.test/");
  await crm.sync();
});
afterEach(async () => {
  await closeDatabases();
  await crm.close();
  await hubspot.close();
});
afterAll(() => vi.unstubAllEnvs());

function told(events: unknown, { secret = SECRET, id = crm.connectionId, at = Date.now() } = {}) {
  const path = `/api/v1/heard/${id}`;
  const body = JSON.stringify(events);
  const url = `https://countersign.test${path}`;
  const signature = Signature.getSignature("POST", "v3", {
    ...{ clientSecret: secret, requestBody: body, url, timestamp: at },
  } as never);
  // As a proxy hands it on: to another address than the one that HubSpot called.
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    ...{ method: "POST", body },
    headers: { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(at) },
  });
  return answerHeard(request, id);
}

const hints = () => crm.rows<{ key: string }>(sql`select key, is_gone from connection_hints order by key`);
const labelled = {
  subscriptionType: "deal.associationChange",
  associationType: "DEAL_TO_COMPANY",
  fromObjectId: 701,
};

test("a label given alone, which changes no deal there, arrives by what HubSpot tells", async () => {
  hubspot.associate("701", "804", { typeId: 17, label: "Referral partner" });
  await crm.sync();
  const rolesOf = async () =>
    (await loadFacts(crm.company.client.db, ["701"], TODAY, { cohorts: "none" }))[0]!.roles;
  expect(await rolesOf()).toEqual([]);
  expect((await told([labelled])).status).toBe(204);
  await crm.sync();
  expect(await rolesOf()).toMatchObject([{ partnerId: "804", role: "referral_source" }]);
  expect(await hints()).toEqual([]);
});

test("a deletion removes the deal, and one told twice is one", async () => {
  const gone = { subscriptionType: "deal.deletion", objectId: 702 };
  await told([gone, gone]);
  await told([gone]);
  expect(await hints()).toEqual([{ key: "702", is_gone: true }]);
  await crm.sync();
  expect(await crm.rows(sql`select id from deals order by id`)).toEqual([{ id: "701" }]);
});

test("a word that comes while its deal is read stays for the next turn", async () => {
  await told([labelled]);
  const [{ at }] = (await crm.rows(sql`select at::text from connection_hints`)) as [{ at: string }];
  const [{ runId }] = (await crm.rows(sql`select id as "runId" from connection_runs limit 1`)) as [
    { runId: string },
  ];
  await told([labelled]);
  const { connectionId } = crm;
  const call = {
    ...{
      actor: connectionActor({ id: connectionId, name: "The CRM" }),
      client: crm.company.client,
      today: TODAY,
    },
  };
  const page = { connectionId, runId, stream: "hints", from: null, to: { heard: 1 }, batches: [] };
  await perform(syncPage, { ...page, hints: [{ key: "701", at }] }, call);
  expect(await hints()).toEqual([{ key: "701", is_gone: false }]);
  await crm.sync();
  expect(await hints()).toEqual([]);
});

test("what HubSpot did not sign, or long ago, or for another connection, is told nothing and leaves nothing", async () => {
  const refused = await Promise.all([
    told([labelled], { secret: "another" }),
    told([labelled], { at: Date.now() - 301_000 }),
    told([labelled], { id: "CN-unknown" }),
    answerHeard(
      new Request("https://countersign.test/api/v1/heard/x", { method: "POST", body: "[]" }),
      crm.connectionId,
    ),
  ]);
  expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  expect(await hints()).toEqual([]);
});

test("secrets that a former key sealed are sealed under the newest by the next turn", async () => {
  const keys = process.env.SECRET_KEYS!;
  vi.stubEnv("SECRET_KEYS", JSON.stringify([newSecretKey(), ...(JSON.parse(keys) as string[])]));
  const sealed = async () =>
    (await crm.rows<{ sealed: string }>(sql`select sealed from connections`))[0]!.sealed;
  expect(isSealedByFormer(await sealed())).toBe(true);
  await crm.sync();
  expect(isSealedByFormer(await sealed())).toBe(false);
  vi.stubEnv("SECRET_KEYS", keys);
});

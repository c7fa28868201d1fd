import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { newSecretKey } from "@/lib/auth/sealed-secrets";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { acceptConnection } from "@/lib/commands/connection/accept-connection";
import { askConnection } from "@/lib/commands/connection/ask-connection";
import { createConnection } from "@/lib/commands/connection/create-connection";
import { editConnection } from "@/lib/commands/connection/edit-connection";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { matchRegistration } from "@/lib/commands/registration/match-registration";
import { taken } from "@/lib/jobs/connection-taken";
import { attend } from "@/lib/jobs/sync-connections";
import { loadFacts } from "@/lib/judging/facts";
import { connection } from "@/lib/queries/connection/connection";
import { answerHeard } from "./heard";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const SECRET = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;
let company: Company;
let server: Server;
let connectionId: string;

beforeEach(async () => {
  vi.stubEnv("SECRET_KEYS", JSON.stringify([newSecretKey()]));
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const asked = new Request(`http://${request.headers.host}${request.url}`, {
      ...{ method: request.method, headers: request.headers as Record<string, string> },
      body: Buffer.concat(parts),
    });
    const answer = await answerHeard(asked, request.url!.split("/").at(-1)!);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const made = {
    ...{ system: "prm", name: "The portal", address: "https://app.partnerstack.com", portal: "partnerstack" },
    secrets: { signingSecret: SECRET },
  };
  connectionId = (await company.as("rita", createConnection, made)).connectionId as string;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await closeDatabases();
  await company.close();
});
afterAll(() => vi.unstubAllEnvs());

/** As a portal tells it, over HTTP. */
async function tell(
  deal: object,
  { id = `msg_${randomUUID()}`, secret = SECRET, at = new Date(), to = connectionId, changed = "" } = {},
): Promise<Response> {
  const body = JSON.stringify({ event: "deal_updated", data: deal });
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/api/v1/heard/${to}`, {
    method: "POST",
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    },
    body: body + changed,
  });
}

const DEAL = {
  ...{
    key: "deal_1",
    partner_key: "acme",
    account_name: "Larkfield Foods",
    account_domain: "larkfield.example",
  },
  ...{ stage: "pending", created_at: Date.parse("2026-05-18T12:00:00Z") },
};

async function turns(): Promise<void> {
  for (let nth = 0; nth < 10; nth++) {
    const one = await taken(company.client);
    if (!one) return;
    await attend(company.client, one, TODAY);
  }
}
/** Translated, tried and switched on, as an admin does it once it has told of something. */
async function switchOn(settings: object | null = { partners: { acme: "P-1" } }): Promise<void> {
  await turns();
  if (settings) await company.as("rita", editConnection, { connectionId, changes: settings });
  await company.as("rita", askConnection, { connectionId, ask: "rehearse" });
  await turns();
  await company.as("rita", editConnection, { connectionId, changes: { on: true } });
  await turns();
}
const registrations = () =>
  company.client.db.execute<Record<string, unknown>>(sql`
    select g.id, g.partner_id as partner, a.name as account, g.domain, g.status, g.submitted_on as submitted,
      g.decided_on as decided, g.deal_id as deal
    from registrations g left join accounts a on a.id = g.account_id order by g.id`);
const shown = () =>
  connection.run({ db: company.client.db, actor: company.actor("rita"), today: TODAY } as never, {
    connectionId,
  });

test("the first signed message is the test; what it tells of is a registration that waits, and its owner is told", async () => {
  await company.as("hope", editPartner, { partnerId: "P-1", changes: { ownerId: "pam" } });
  await turns();
  expect(await shown()).toMatchObject({
    looked: null,
    problem: expect.stringContaining("told of nothing yet"),
  });
  expect((await tell(DEAL)).status).toBe(204);
  await turns();
  expect((await shown()).looked).toMatchObject({
    deals: 1,
    statuses: [{ key: "pending", likely: "pending" }],
    partners: [{ key: "acme", label: "acme" }],
  });
  expect([...(await registrations())]).toEqual([]);
  await switchOn();
  expect([...(await registrations())]).toEqual([
    {
      ...{ id: "deal_1", partner: "P-1", account: "Larkfield Foods", domain: "larkfield.example" },
      ...{ status: "pending", submitted: "2026-05-18", decided: null, deal: null },
    },
  ]);
  const told = await company.client.db.execute<{ to: string }>(
    sql`select to_id as "to" from notices where about ->> 'registrationId' = 'deal_1'`,
  );
  expect([...told]).toEqual([{ to: "pam" }]);
});

test("a message told twice is one, and a registration told of anew changes and is no second one", async () => {
  await tell(DEAL, { id: "msg_same" });
  await switchOn();
  expect((await tell({ ...DEAL, stage: "approved" }, { id: "msg_same" })).status).toBe(204);
  await turns();
  expect([...(await registrations())].map(({ status }) => status)).toEqual(["pending"]);
  await tell({ ...DEAL, stage: "approved" });
  await turns();
  const approved = [...(await registrations())];
  expect(approved).toMatchObject([{ id: "deal_1", status: "approved" }]);
  await company.as("rita", askConnection, { connectionId, ask: "replay" });
  await turns();
  expect([...(await registrations())]).toEqual(approved);
});

test("what is not signed by its secret, late, early, changed on its way or for another connection is told nothing", async () => {
  const answers = await Promise.all([
    tell(DEAL, { secret: `whsec_${Buffer.alloc(32, 6).toString("base64")}` }),
    tell(DEAL, { at: new Date(Date.now() - 301_000) }),
    tell(DEAL, { at: new Date(Date.now() + 302_000) }),
    tell(DEAL, { changed: " " }),
    tell(DEAL, { to: "CN-unknown" }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  const [kept] = await company.client.db.execute(sql`select count(*)::int as many from connection_messages`);
  expect(kept).toEqual({ many: 0 });
  // Within five minutes, both ways, it is.
  expect((await tell(DEAL, { at: new Date(Date.now() - 290_000) })).status).toBe(204);
  expect((await tell({ ...DEAL, account_name: "Nul\0" })).status).toBe(400);
});

test("a partner that nobody knows is shown, waits, and lands once somebody says which of ours it is", async () => {
  await tell(DEAL);
  await switchOn(null);
  await tell({ ...DEAL, key: "deal_2", partner_key: "P-2" });
  await turns();
  expect([...(await registrations())].map(({ id }) => id)).toEqual(["deal_2"]);
  expect((await shown()).refused).toMatchObject([
    { kind: "registrations", key: "deal_1", field: "partner_id", value: "acme" },
  ]);
  await company.as("hope", createPartner, { id: "P-9", name: "Acme Consulting", kind: "integrator" });
  await company.as("rita", editConnection, { connectionId, changes: { partners: { acme: "P-9" } } });
  await turns();
  expect([...(await registrations())].map(({ id, partner }) => [id, partner])).toEqual([
    ["deal_1", "P-9"],
    ["deal_2", "P-2"],
  ]);
  expect((await shown()).refused).toEqual([]);
});

test("it is witnessed once finance has accepted the portal, and a person's own decision is not written over", async () => {
  const dealId = await company.deal({ createdOn: "2026-05-01" });
  await tell({ ...DEAL, stage: "approved" });
  await tell({ ...DEAL, key: "deal_2" });
  await switchOn();
  const of = async () =>
    (await loadFacts(company.client.db, [dealId], TODAY, { cohorts: "none" }))[0]!.registrations;
  for (const registrationId of ["deal_1", "deal_2"])
    await company.as("pam", matchRegistration, { registrationId, dealId });
  expect(await of()).toMatchObject([{ id: "deal_1", source: null }, { id: "deal_2" }]);
  await company.as("fay", acceptConnection, { connectionId, accept: true });
  expect((await of())[0]).toMatchObject({ id: "deal_1", status: "approved", source: "prm" });
  await company.as("paul", decideRegistration, {
    ...{ registrationId: "deal_2", status: "rejected", reason: "Ours already" },
  });
  await tell({ ...DEAL, key: "deal_2", stage: "approved" });
  await turns();
  expect((await of())[1]).toMatchObject({ id: "deal_2", status: "rejected", source: null });
  expect((await shown()).differs).toMatchObject([{ kind: "registrations", key: "deal_2" }]);
  // What was matched to a deal here stays matched, though the portal knows none.
  expect([...(await registrations())].map(({ deal }) => deal)).toEqual([dealId, dealId]);
});

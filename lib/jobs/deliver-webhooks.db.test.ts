/** From what happens, through the outbox, to a receiver on loopback that verifies with the published library. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { newSecretKey } from "@/lib/auth/sealed-secrets";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { rehearse } from "@/lib/commands/door";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { withdrawException } from "@/lib/commands/exception/withdraw-exception";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { agreedForYears, SIGNERS } from "@/lib/commands/review/freeze.fixture";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { SCENES, Stage } from "@/lib/commands/scenes.fixture";
import { undo } from "@/lib/commands/undo";
import { type AnyVerb, VERBS } from "@/lib/commands/verbs";
import { addWebhook } from "@/lib/commands/webhook/add-webhook";
import { editWebhook } from "@/lib/commands/webhook/edit-webhook";
import { removeWebhook } from "@/lib/commands/webhook/remove-webhook";
import { resendWebhook } from "@/lib/commands/webhook/resend-webhook";
import { answer } from "@/lib/queries/query";
import { webhooksList } from "@/lib/queries/webhook/webhooks-list";
import { WEBHOOK_EVENTS } from "@/lib/text/webhook-words";
import { deliverDueWebhooks } from "./deliver-webhooks";

interface Came {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

let company: Company;
let server: Server;
let address: string;
let secret: string;
let endpointId: string;
const came: Came[] = [];
let status = 200;

beforeAll(async () => {
  vi.stubEnv("SECRET_KEYS", JSON.stringify([newSecretKey()]));
  company = await openCompany();
  await agreedForYears(company.url, SIGNERS);
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const headers = request.headers as Record<string, string>;
      const { type, data } = new Webhook(secret).verify(body, headers) as Came;
      came.push({ id: headers["webhook-id"]!, type, data });
      response.writeHead(status).end(status === 200 ? "" : "not now");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await company.close();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  const { client } = company;
  await guardedTransaction(client, { actor: "system:test", request: "scene" }, (tx) =>
    tx.execute(sql`delete from webhook_endpoints`),
  );
  [came.length, status] = [0, 200];
  await listen(company);
});

async function listen(of: Company, more: Record<string, unknown> = {}): Promise<void> {
  const input = { name: "Warehouse", address, events: [...WEBHOOK_EVENTS], ...more };
  ({ endpointId, secret } = (await of.as("rita", addWebhook, input)) as unknown as {
    endpointId: string;
    secret: string;
  });
}

const START = Date.parse("2100-01-01T00:00:00Z");
const deliver = (minutes = 0, of = company) =>
  deliverDueWebhooks(of.client, { toPrivate: true }, () => new Date(START + minutes * 60_000));
const told = (type: string) => came.filter((one) => one.type === type).map(({ data }) => data);
const listed = async () =>
  answer(webhooksList, webhooksList.input.parse({}), {
    db: company.client.db,
    actor: company.actor("rita"),
    today: TODAY,
  });

/** A deal whose partner is credited, by two hands; the request that confirmed it. */
async function creditedDeal(): Promise<{ dealId: string; request: string }> {
  const dealId = await company.deal();
  const sourcer = { dealId, partnerId: "P-1", role: "sourcer", touchStage: 1, touchedOn: "2026-05-02" };
  const { rowId } = await company.as("pam", tagPartner, sourcer);
  const { request } = await company.as("ana", confirmRole, { rowId });
  return { dealId, request };
}

/** What judging says of a deal now. */
const standing = async (dealId: string) =>
  (
    await company.client.db.execute(sql`select outcome, evidence from judged_deals where deal_id = ${dealId}`)
  )[0];

test("an outcome, a case and a registration are told as they are committed, each to who wants it", async () => {
  const { dealId } = await creditedDeal();
  const { registrationId } = await company.as("pam", submitRegistration, {
    ...{ dealId, partnerId: "P-1", submittedOn: "2026-05-01" },
  });
  const decided = { registrationId, status: "approved" };
  await company.as("hope", decideRegistration, decided);
  const { exceptionId } = await company.as("ana", raiseException, { dealId, kind: "other", claim: "Whose?" });
  await company.as("ana", withdrawException, { exceptionId, reason: "found out" });
  await deliver();
  expect(told("registration.decided")).toEqual([
    expect.objectContaining({ registrationId, dealId, partnerId: "P-1", status: "approved" }),
  ]);
  expect(told("exception.raised")).toContainEqual(
    expect.objectContaining({ exceptionId, dealId, origin: "raised", settlement: null }),
  );
  expect(told("exception.settled")).toContainEqual(
    expect.objectContaining({ exceptionId, settlement: "withdrawn" }),
  );
  expect(told("outcome.changed").map(({ outcome }) => outcome)).toContain("sourced");
  expect(told("outcome.changed").at(-1)).toMatchObject({
    dealId,
    ...(await standing(dealId)),
    partnerIds: ["P-1"],
    amount: 1_000_000,
    currency: "USD",
  });
});

/** A write whose scene stands in a company of its own. */
async function inOwnHouse(
  name: "freeze-quarter" | "sign-policy",
  before?: (stage: Stage) => Promise<unknown>,
) {
  const own = await openCompany();
  try {
    const scene = SCENES[name];
    const stage = new Stage(own);
    const input = (await before?.(stage)) ?? (await scene.set(stage));
    await listen(own);
    const verb = VERBS.find((one) => one.name === name) as unknown as AnyVerb;
    const people = name === "sign-policy" ? (["carl", "fay", "hope"] as const) : ([scene.by] as const);
    for (const person of people) await own.as(person, verb, input, { today: scene.today ?? TODAY });
    await deliver(0, own);
  } finally {
    await own.close();
  }
}

test("a frozen quarter is told", async () => {
  await inOwnHouse("freeze-quarter");
  expect(told("quarter.frozen")).toEqual([
    expect.objectContaining({ quarter: expect.any(String), sealedBy: "Fay Chen" }),
  ]);
});

test("a policy is told with its third signature, and not before", async () => {
  await inOwnHouse("sign-policy");
  expect(told("policy.activated")).toEqual([
    expect.objectContaining({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      activeFrom: expect.any(String),
    }),
  ]);
});

test("what is rehearsed, and what an endpoint does not want, is not told", async () => {
  const dealId = await company.deal();
  const claim = { dealId, kind: "other", claim: "Whose?" };
  await rehearse(raiseException, claim, {
    actor: company.actor("ana"),
    client: company.client,
    today: TODAY,
  });
  await deliver();
  expect(came).toEqual([]);
  await company.as("rita", removeWebhook, { endpointId });
  await listen(company, { events: ["quarter.frozen"] });
  await company.as("ana", raiseException, claim);
  await deliver();
  expect(came).toEqual([]);
});

test("what is undone is told as it stands then", async () => {
  const { dealId, request } = await creditedDeal();
  const before = await standing(dealId);
  await company.as("ana", undo, { request });
  const after = await standing(dealId);
  expect(after).not.toEqual(before);
  await deliver();
  const changes = told("outcome.changed");
  expect(changes.at(-2)).toMatchObject({ ...before });
  expect(changes.at(-1)).toMatchObject({ ...after, before });
});

test("one that does not arrive is tried again, ever later, under its id, given up after a day, and sent again on demand", async () => {
  const dealId = await company.deal();
  await company.as("ana", raiseException, { dealId, kind: "other", claim: "Whose?" });
  status = 503;
  const pauses = [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360];
  let minutes = 0;
  expect(await deliver()).toBe(1);
  for (const pause of pauses) {
    expect(await deliver(minutes + pause - 0.5)).toBe(0);
    minutes += pause;
    expect(await deliver(minutes)).toBe(1);
  }
  expect(await deliver(minutes + 10_000)).toBe(0);
  const { messages } = await listed();
  expect(messages).toMatchObject([
    {
      event: "exception.raised",
      state: "failed",
      attempts: 12,
      problem: "The other side answered 503: not now",
    },
  ]);
  status = 200;
  const again = () => company.as("rita", resendWebhook, { deliveryId: messages[0]!.id });
  await again();
  expect(await deliver()).toBe(1);
  // What arrived is told again too, when it is asked for.
  await again();
  expect(await deliver()).toBe(1);
  expect(new Set(came.map(({ id }) => id))).toEqual(new Set([messages[0]!.messageId]));
  expect(came).toHaveLength(14);
  expect((await listed()).messages).toMatchObject([{ state: "sent", problem: null }]);
});

test("what happens while an endpoint is paused waits, and is told once it is taken up again, where it listens then", async () => {
  const edit = (changes: object) => company.as("rita", editWebhook, { endpointId, changes });
  await edit({ paused: true });
  await company.as("ana", raiseException, { dealId: await company.deal(), kind: "other", claim: "Whose?" });
  expect(await deliver(10_000)).toBe(0);
  expect((await listed()).endpoints).toMatchObject([{ pausedAt: expect.any(String), waiting: 1, failed: 0 }]);
  await edit({ paused: false, address: `${address}?moved`, events: ["quarter.frozen"] });
  expect(await deliver()).toBe(1);
  expect(came.map(({ type }) => type)).toEqual(["exception.raised"]);
  // Of what it listens to no more nothing new is told.
  await company.as("ana", raiseException, { dealId: await company.deal(), kind: "other", claim: "Whose?" });
  expect(await deliver()).toBe(0);
  expect((await listed()).endpoints).toMatchObject([
    { pausedAt: null, address: `${address}?moved`, waiting: 0 },
  ]);
});

test("two processes send one message once", async () => {
  for (let nth = 0; nth < 10; nth++)
    await company.as("ana", raiseException, { dealId: await company.deal(), kind: "other", claim: "Whose?" });
  const taken = await Promise.all([deliver(), deliver()]);
  expect(taken[0] + taken[1]).toBe(10);
  expect(new Set(came.map(({ id }) => id)).size).toBe(10);
});

test("an address in a private network is refused unless that is allowed", async () => {
  await company.as("ana", raiseException, { dealId: await company.deal(), kind: "other", claim: "Whose?" });
  await deliverDueWebhooks(company.client, { toPrivate: false }, () => new Date(START));
  expect(came).toEqual([]);
  expect((await listed()).messages).toMatchObject([
    { state: "failed", problem: "The address must be encrypted, https://…" },
  ]);
});

test("a secret lies sealed in the database, is sealed anew under a newer key, and is shown to nobody", async () => {
  const kept = async () =>
    (await company.client.db.execute<{ secret: string }>(sql`select secret from webhook_endpoints`))[0]!
      .secret;
  const before = await kept();
  expect(before).not.toContain(secret.slice(6));
  expect(JSON.stringify(await listed())).not.toContain("secret");
  const [former] = JSON.parse(process.env.SECRET_KEYS!) as [string];
  vi.stubEnv("SECRET_KEYS", JSON.stringify([newSecretKey(), former]));
  await company.as("ana", raiseException, { dealId: await company.deal(), kind: "other", claim: "Whose?" });
  await deliver();
  expect(came).toHaveLength(1);
  expect((await kept()).split(".")[1]).not.toBe(before.split(".")[1]);
});

/** The API as a browser meets it, one table of refusals after the other over one database; long for that. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { actorOfToken } from "@/lib/auth/session";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { makeClient } from "./client";
import { problemOf } from "./problem-of";
import { answerApi } from "./server";
import { tokenOf } from "./session.fixture";

// The refusals asked for below are logged as they should be; here they would only be noise.
vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const ORIGIN = "http://countersign.test";
const SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
let url: string;
let token: string;

/** A browser's request, with the session it has; the server's part of the route is called directly. */
async function send(path: string, init: RequestInit & { session?: string } = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const request = new Request(`${ORIGIN}/api/v1${path}`, { ...init, headers });
  const session = "session" in init ? init.session : token;
  return answerApi(request, async () => (session ? actorOfToken(session) : null));
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}, session = token) =>
  send(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", ...headers },
    session,
  });

const deal = {
  account: "Acme",
  owner: "Ann",
  amount: 100,
  currency: "USD",
  type: "new",
  route: "direct",
  createdOn: "2026-01-10",
};

beforeAll(async () => {
  url = (await testDatabase()).url;
  process.env.DATABASE_URL = url;
  process.env.NEXTAUTH_SECRET = SECRET;
  for (const role of ["admin", "ae", "auditor"] as const) {
    const person = { id: `U-${role}`, email: `${role}@x.test`, name: role, role };
    await perform(
      createUser,
      { ...person, ownerName: role === "ae" ? "Ann" : null },
      { actor: COMMAND_LINE },
    );
  }
});
beforeEach(async () => {
  token = await tokenOf("U-admin");
});
afterAll(async () => {
  await closeDatabases();
  delete process.env.DATABASE_URL;
  delete process.env.NEXTAUTH_SECRET;
});

describe("every failure is a problem with its status", () => {
  it.each([
    ["nobody signed in", () => send("/me", { session: "" }), 401, { code: "unauthenticated" }],
    ["a forged session", () => send("/me", { session: "e30.e30.e30" }), 401, { code: "unauthenticated" }],
    [
      "an unknown route",
      () => send("/no-such-thing"),
      404,
      { code: "not_found", value: "/api/v1/no-such-thing" },
    ],
    ["a write by GET", () => send("/create-deal"), 404, { code: "not_found" }],
    [
      "an unknown field of an address",
      () => send("/deals-list?luck=1"),
      400,
      { code: "invalid", field: "luck" },
    ],
    [
      "a value of an address",
      () => send("/deals-list?limit=9999"),
      400,
      { code: "invalid", field: "limit", value: 9999 },
    ],
    [
      "an unknown outcome",
      () => send("/deals-list?outcome[0]=lucky"),
      400,
      { code: "invalid", field: "outcome.0", value: "lucky" },
    ],
    [
      "an unknown field of a body",
      () => post("/create-deal", { ...deal, luck: 1 }),
      400,
      { code: "invalid", field: "luck", value: 1 },
    ],
    [
      "a fraction of a cent",
      () => post("/create-deal", { ...deal, amount: 1.5 }),
      400,
      { code: "invalid", field: "amount", value: 1.5 },
    ],
    [
      "a number as text",
      () => post("/create-deal", { ...deal, amount: "100" }),
      400,
      { code: "invalid", field: "amount", value: "100" },
    ],
    [
      "a character that cannot be stored",
      () => post("/create-deal", { ...deal, account: "A\u0000" }),
      400,
      { code: "invalid", field: "account", rule: "holds a character that cannot be stored" },
    ],
    [
      "half a character",
      () => post("/rehearse", { verb: "create-deal", input: { ...deal, account: "A\ud800" } }),
      400,
      { code: "invalid", field: "account" },
    ],
    [
      "such a character in an address",
      () => send("/why?dealId=a%00b"),
      400,
      { code: "invalid", field: "dealId" },
    ],
    [
      "an address that nests too deep",
      () => send(`/why?dealId${"[a]".repeat(4_000)}=1`),
      400,
      { code: "invalid", field: "dealId" },
    ],
    [
      "no JSON at all",
      () =>
        send("/create-deal", { method: "POST", body: "{", headers: { "content-type": "application/json" } }),
      400,
      { code: "invalid" },
    ],
    [
      "an unknown deal",
      () => send("/why?dealId=D-none"),
      404,
      { code: "not_found", field: "dealId", value: "D-none" },
    ],
    [
      "a stranger's page",
      () => post("/create-deal", deal, { "sec-fetch-site": "cross-site" }),
      403,
      { code: "forbidden", field: "origin" },
    ],
    [
      "a form of a stranger's page",
      () =>
        send("/create-deal", {
          method: "POST",
          body: "a=1",
          headers: { origin: "http://evil.test", "content-type": "application/x-www-form-urlencoded" },
        }),
      403,
      { code: "forbidden" },
    ],
    [
      "a key that is none",
      () => post("/create-deal", deal, { "idempotency-key": "a b" }),
      400,
      { field: "Idempotency-Key" },
    ],
  ])("%s", async (_what, ask, status, problem) => {
    const response = await ask();
    expect(response.status).toBe(status);
    const body = await response.json();
    expect(body).toMatchObject(problem);
    expect(Object.keys(body).sort()).toEqual(["code", "field", "rule", "value"]);
    expect(body.rule).not.toBe("");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("a role without the permission is refused, and nothing is written", async () => {
    const response = await post(
      "/create-deal",
      { ...deal, id: "D-forbidden" },
      {},
      await tokenOf("U-auditor"),
    );
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "forbidden", value: "auditor" });
    expect((await send("/deal?dealId=D-forbidden")).status).toBe(404);
    const people = await send("/people-list", { session: await tokenOf("U-ae") });
    expect(people.status).toBe(403);
  });

  it("gives back of what was sent as much as one knows it again by", async () => {
    const luck = { text: "x".repeat(5_000_000), list: Array(20_000).fill("y".repeat(400)) };
    const response = await post("/create-deal", { ...deal, luck });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text.length).toBeLessThan(100_000);
    const { field, value } = JSON.parse(text) as { field: string; value: typeof luck };
    expect([field, value.text]).toEqual(["luck", `${"x".repeat(300)}…`]);
    const named = await post("/create-deal", { ...deal, ["k".repeat(100_000)]: 1 });
    expect((await named.text()).length).toBeLessThan(2_000);
  });

  it("a proof that runs a script is refused by the API", async () => {
    await post("/create-partner", { id: "P-1", name: "Northwind", kind: "integrator" });
    await post("/create-deal", { ...deal, id: "D-proof" });
    const activity = {
      dealId: "D-proof",
      partnerId: "P-1",
      type: "joint_pitch",
      proof: "javascript:alert(1)",
    };
    const response = await post("/log-activity", activity, {}, await tokenOf("U-ae"));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: "invalid",
      field: "proof",
      value: "javascript:alert(1)",
    });
  });
});

describe("writes", () => {
  it("with an Idempotency-Key happen once, and answer the same", async () => {
    const body = { ...deal, id: "D-once" };
    const first = await post("/create-deal", body, { "idempotency-key": "k1" });
    const again = await post("/create-deal", body, { "idempotency-key": "k1" });
    expect(first.status).toBe(200);
    expect(await again.json()).toEqual(await first.json());
    const other = await post("/create-deal", { ...body, amount: 200 }, { "idempotency-key": "k1" });
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ code: "idempotency" });
  });

  it("on an old version are a conflict that shows what stands now", async () => {
    await post("/create-deal", { ...deal, id: "D-version" });
    const { deal: shown } = (await (await send("/deal?dealId=D-version")).json()) as {
      deal: { version: number };
    };
    const edit = (amount: number) =>
      post("/edit-deal", { dealId: "D-version", version: shown.version, changes: { amount } });
    expect((await edit(1)).status).toBe(200);
    const late = await edit(2);
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ code: "conflict", value: { now: { amount: 1 } } });
  });

  it("name their request, by which they are taken back", async () => {
    await post("/create-deal", { ...deal, id: "D-undo" });
    const edited = await post("/edit-deal", { dealId: "D-undo", version: 2, changes: { amount: 7 } });
    const { request } = (await edited.json()) as { request: string };
    expect(edited.headers.get("x-request-id")).toBe(request);
    expect((await post("/undo", { request })).status).toBe(200);
    expect(await (await send("/deal?dealId=D-undo")).json()).toMatchObject({ deal: { amount: 100 } });
  });
});

describe("the typed client", () => {
  const client = makeClient(ORIGIN, (request) => {
    request.headers.set("sec-fetch-site", "same-origin");
    return answerApi(request, () => actorOfToken(token));
  });

  it("asks with lists, numbers and booleans in the address", async () => {
    await client.createDeal({ ...deal, id: "D-client", type: "new", route: "direct" });
    const found = await client.dealsList({
      stage: [0, 1],
      needsDecision: true,
      search: "D-client",
      limit: 5,
    });
    expect(found).toMatchObject({ total: 1, rows: [{ id: "D-client", amount: 100 }] });
    expect((await client.dealsList({ needsDecision: false, search: "D-client" })).total).toBe(0);
    expect((await client.me({})).user.role).toBe("admin");
  });

  it("rehearses any write by its name, and refuses in the write's own words", async () => {
    await client.createDeal({ ...deal, id: "D-rehearsed", type: "new", route: "direct" });
    const changes = { amount: 200 };
    const asked = { verb: "edit-deal", input: { dealId: "D-rehearsed", changes } } as const;
    const told = await client.rehearse(asked);
    expect(told).toMatchObject({
      answer: { dealId: "D-rehearsed" },
      touched: 1,
      deals: [{ dealId: "D-rehearsed", before: { state: "open" }, after: { result: { outcome: "none" } } }],
    });
    expect((await client.deal({ dealId: "D-rehearsed" })).deal).toMatchObject({ amount: 100, version: 2 });
    const none = { ...asked, input: { ...asked.input, dealId: "D-none" } };
    expect(await client.rehearse(none).catch(problemOf)).toMatchObject({
      code: "not_found",
      field: "dealId",
    });
    const unknown = await post("/rehearse", { verb: "sign-in", input: {} });
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({ field: "verb", rule: "must be the name of a write" });
    const forbidden = await post("/rehearse", asked, {}, await tokenOf("U-auditor"));
    expect(forbidden.status).toBe(403);
  });

  it("carries the problem, and the key of a write", async () => {
    const failed = await client.deal({ dealId: "D-none" }).catch(problemOf);
    expect(failed).toEqual({ code: "not_found", field: "dealId", value: "D-none", rule: expect.any(String) });
    const body = { ...deal, id: "D-key", type: "new", route: "direct" } as const;
    const context = { context: { idempotencyKey: "k2" } };
    expect(await client.createDeal(body, context)).toEqual(await client.createDeal(body, context));
    const offline = makeClient(ORIGIN, () => Promise.reject(new TypeError("offline")));
    expect(problemOf(await offline.me({}).catch((error) => error))).toMatchObject({ code: "unavailable" });
  });
});

interface Operation {
  operationId: string;
  responses: object;
  parameters?: { name: string }[];
}

it("describes itself in OpenAPI 3.1, to strangers too", async () => {
  const response = await send("/openapi.json", { session: "" });
  expect(response.status).toBe(200);
  const document = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, object> };
  };
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining(["Problem", "Result", "Facts"]),
  );
  const operations = Object.values(document.paths).flatMap((at) => Object.values(at));
  const called = (name: string) => operations.find(({ operationId }) => operationId === name);
  expect(Object.keys(called("tag-partner")?.responses ?? {})).toEqual(
    expect.arrayContaining(["200", "400", "401", "403", "404", "409", "503"]),
  );
  expect(called("deals-list")?.parameters?.map(({ name }) => name)).toContain("needsDecision");
  // Every schema says something: an empty one means that the converter did not understand it.
  expect(JSON.stringify(document)).not.toContain('"not":{}');
});

/** Keys to the API, from the request that shows one to what it may and whose hand it is. */
import { eq, type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { auditLog } from "@/db/schema/audit";
import { users } from "@/db/schema/people";
import type { Actor } from "@/lib/auth/actor";
import { keyHash, newKey } from "@/lib/auth/api-key";
import { signIn } from "@/lib/commands/account/sign-in";
import { createApiKey } from "@/lib/commands/api-key/create-api-key";
import { revokeApiKey } from "@/lib/commands/api-key/revoke-api-key";
import { type Company, openCompany, PASSWORD, type Person } from "@/lib/commands/commands.fixture";
import { editUser } from "@/lib/commands/company/edit-user";
import { perform } from "@/lib/commands/door";
import { apiKeysList } from "@/lib/queries/api-key/api-keys-list";
import { answer, readContext } from "@/lib/queries/query";
import { answerSentEvidence } from "./sent-evidence";
import { answerApi } from "./server";
import { whoAsks } from "./who-asks";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

let company: Company;
beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz");
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
});
afterAll(async () => {
  await closeDatabases();
  await company.close();
  vi.unstubAllEnvs();
});

async function keyOf(person: Person, scopes: string[], more: Record<string, unknown> = {}) {
  const made = await company.as(person, createApiKey, { name: "Sheet", scopes, password: PASSWORD, ...more });
  return made as unknown as { keyId: string; key: string; expiresAt: string };
}

function send(
  path: string,
  {
    key,
    body,
    session = null,
    accept = "application/json",
  }: { key?: string; body?: unknown; session?: Actor | null; accept?: string },
) {
  const request = new Request(`https://sign.test/api/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...{ "content-type": "application/json", accept },
      // From nobody's page: a key is no cookie.
      ...(key && { authorization: `Bearer ${key}`, origin: "https://elsewhere.test" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answerApi(request, () => whoAsks(request, async () => session));
}

/** A statement of the application's own role, past every verb. */
const asPerson = (person: Person, statement: SQL) =>
  guardedTransaction(company.client, { actor: `user:${person}`, request: "test" }, (tx) =>
    tx.execute(statement),
  );

const SOURCER = { partnerId: "P-1", role: "sourcer", touchStage: 1, touchedOn: "2026-05-02" };

test("what is written under a key is its owner's own hand, and the log says by which key", async () => {
  const dealId = await company.deal();
  const { key, keyId } = await keyOf("ana", ["read", "write:roles"]);
  const answered = await send("/tag-partner", { key, body: { dealId, ...SOURCER } });
  expect(answered.status).toBe(200);
  const { request } = (await answered.json()) as { request: string };
  expect(request.split(":")[0]).toBe(keyId);
  expect(answered.headers.get("x-request-id")).toBe(request);
  const { db } = company.client;
  const [entry] = await db.select().from(auditLog).where(eq(auditLog.request, request));
  expect(entry).toMatchObject({ actor: "user:ana", action: "tag-partner", dealId });

  // A partner manager who submits a registration under a key is the hand that submitted it.
  const pams = await keyOf("pam", ["write:registrations"]);
  const submitted = await send("/submit-registration", {
    key: pams.key,
    body: { dealId, partnerId: "P-2", submittedOn: "2026-05-02" },
  });
  const { registrationId } = ((await submitted.json()) as { answer: { registrationId: string } }).answer;
  const decided = await send("/decide-registration", {
    session: company.actor("pam"),
    body: { registrationId, status: "approved" },
  });
  expect(decided.status).toBe(403);
});

/** [scopes, whose, what is asked, with what, status]. */
const TRIED: [string[], Person, string, unknown, number][] = [
  [["read"], "ana", "/me", undefined, 200],
  [["write:roles"], "ana", "/me", undefined, 403],
  [["gate"], "ana", "/deals-list", undefined, 403],
  [["read"], "ana", "/confirm-no-partner", { dealId: "D-none" }, 403],
  [["write:roles"], "ana", "/confirm-no-partner", { dealId: "D-none" }, 403],
  [["write:deals"], "ana", "/confirm-no-partner", { dealId: "D-none" }, 404],
  // Its owner may not, so neither may the key.
  [["write:deals"], "aude", "/confirm-no-partner", { dealId: "D-none" }, 403],
  // A rehearsal needs the scope of its write.
  [["read"], "ana", "/rehearse", { verb: "confirm-no-partner", input: { dealId: "D-none" } }, 403],
  [["read"], "ana", "/people-list", undefined, 403],
  // What a person does signed in, no key does.
  [["read", "write:finance"], "fay", "/freeze-quarter", { quarter: "2026-Q1", password: PASSWORD }, 403],
  [
    ["read", "write:finance"],
    "rita",
    "/create-api-key",
    { name: "x", scopes: ["read"], password: PASSWORD },
    403,
  ],
  [["write:roles"], "rita", "/create-user", {}, 403],
];

test.each(TRIED)("a key for %j of %s that asks %s", async (scopes, person, path, body, status) => {
  const { key } = await keyOf(person, scopes);
  const answered = await send(path, { key, body });
  expect(answered.status, await answered.text()).toBe(status);
});

test("a rehearsal needs the scope of its write", async () => {
  const dealId = await company.deal();
  const body = { verb: "confirm-no-partner", input: { dealId } };
  const { key } = await keyOf("ana", ["read", "write:deals"]);
  expect((await send("/rehearse", { key, body })).status).toBe(200);
});

test("a wrong, a revoked, an outlived and a disabled person's key open nothing, whoever is signed in besides", async () => {
  const session = company.actor("rita");
  const refused = async (key: string) => {
    const answered = await send("/me", { key, session });
    expect(answered.status).toBe(401);
    expect(await answered.json()).toMatchObject({ code: "unauthenticated", rule: /this key opens nothing/ });
  };
  await refused(newKey());
  const revoked = await keyOf("ana", ["read"]);
  expect((await send("/me", { key: revoked.key })).status).toBe(200);
  await company.as("ana", revokeApiKey, { keyId: revoked.keyId });
  await refused(revoked.key);
  const outlived = newKey();
  await asPerson(
    "ana",
    sql`insert into api_keys (id, name, user_id, scopes, key_hash, hint, created_by, created_at, expires_at)
      values ('AK-OVER', 'x', 'ana', '{read}', ${keyHash(outlived)}, 'csk_', 'user:ana', now() - interval '2 days',
        now() - interval '1 second')`,
  );
  await refused(outlived);
  const bens = await keyOf("ben", ["read"]);
  await company.as("rita", editUser, { userId: "ben", changes: { disabled: true } });
  await refused(bens.key);
});

test("nobody makes another person's key, a service's only an admin, and a service writes nothing", async () => {
  const make = (person: Person, more: Record<string, unknown>) =>
    company.as(person, createApiKey, { name: "n8n", scopes: ["read"], password: PASSWORD, ...more });
  await expect(make("ana", { service: "auditor" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(make("ana", { password: "not mine, this one" })).rejects.toMatchObject({ field: "password" });
  await expect(make("rita", { service: "finance", scopes: ["write:finance"] })).rejects.toMatchObject({
    field: "scopes",
    value: "write:finance",
  });
  await expect(make("rita", { service: "auditor", scopes: ["evidence"] })).rejects.toMatchObject({
    field: "service",
  });
  const { key, keyId } = await keyOf("rita", ["read"], { service: "auditor" });
  const me = (await (await send("/me", { key })).json()) as { user: { name: string; role: string } };
  expect(me.user).toMatchObject({ name: "Sheet", role: "auditor" });
  await expect(company.as("ana", revokeApiKey, { keyId })).rejects.toMatchObject({ code: "forbidden" });
  await company.as("rita", revokeApiKey, { keyId });
  await expect(company.as("rita", revokeApiKey, { keyId })).rejects.toMatchObject({ code: "invalid" });
});

test("a key is shown to its owner and to who looks after the house, never itself, with its last use", async () => {
  const { key, keyId } = await keyOf("carl", ["read"], { name: "Board pack" });
  await send("/me", { key });
  const listed = async (person: Person) => {
    const context = await readContext(company.actor(person), "2026-05-20", apiKeysList);
    return answer(apiKeysList, {}, context);
  };
  await expect.poll(async () => (await listed("carl")).keys[0]?.usedAt).not.toBeNull();
  const { keys } = await listed("carl");
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatchObject({ id: keyId, hint: key.slice(0, 10), scopes: ["read"], role: "cro" });
  expect(JSON.stringify(await listed("rita"))).not.toContain(key);
  expect((await listed("rita")).keys.map(({ id }) => id)).toContain(keyId);
  expect((await listed("ana")).keys.map(({ id }) => id)).not.toContain(keyId);
  const { db } = company.client;
  const kept = await db.execute(sql`select key_hash, hint from api_keys where id = ${keyId}`);
  expect(JSON.stringify([...kept])).not.toContain(key);
});

test("a key for the gate asks the gate, one for evidence hands it in, and neither does more", async () => {
  const dealId = await company.deal();
  const gate = await keyOf("rita", ["gate"], { service: "auditor" });
  expect((await send(`/gate-deal?dealId=${dealId}`, { key: gate.key })).status).not.toBe(403);
  const evidence = await keyOf("rita", ["evidence"], { service: "partner_manager" });
  const hand = (key: string) =>
    answerSentEvidence(
      new Request("https://sign.test/api/v1/sent-evidence/mail", {
        ...{ method: "POST", headers: { authorization: `Bearer ${key}` } },
        body: "Subject: Larkfield\r\n\r\nNorthgate ran the joint discovery with Larkfield Foods yesterday.",
      }),
      "mail",
    );
  expect((await hand(evidence.key)).status).toBe(200);
  expect((await hand(gate.key)).status).toBe(403);
  expect((await hand(newKey())).status).toBe(401);
  expect((await send("/evidence-waiting", { key: evidence.key })).status).toBe(403);
});

test("a list is read as a table, page after page by its link, as JSON has it", async () => {
  const { key } = await keyOf("aude", ["read"]);
  const ids: string[] = [];
  let pages = 0;
  for (let path: string | undefined = "/deals?limit=2"; path; pages++) {
    const answered: Response = await send(path, { key, accept: "text/csv" });
    expect(answered.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answered.headers.get("ratelimit")).not.toBeNull();
    const [head, ...lines] = (await answered.text()).trimEnd().split("\r\n");
    expect(head!.split(",")).toContain("outcome");
    const at = head!.split(",").indexOf("id");
    ids.push(...lines.map((line) => line.split(",")[at]!));
    path = /^<\/api\/v1(.+)>; rel="next"$/.exec(answered.headers.get("link") ?? "")?.[1];
  }
  const { rows } = (await (await send("/deals?limit=100", { key })).json()) as { rows: { id: string }[] };
  expect(ids).toEqual(rows.map(({ id }) => id));
  expect(pages).toBe(Math.max(1, Math.ceil(rows.length / 2)));
  const refused = await send("/deals?limit=0", { key, accept: "text/csv" });
  expect(await refused.json()).toMatchObject({ code: "invalid", field: "limit" });
});

test("who has no password makes a key within ten minutes of signing in, and not after", async () => {
  const user = "ana";
  const passwordOf = async () =>
    (await company.client.db.select().from(users).where(eq(users.id, user)))[0]!.passwordHash;
  const kept = await passwordOf();
  const put = (hash: string | null) =>
    asPerson("rita", sql`update users set password_hash = ${hash}, password_own = false where id = ${user}`);
  const whence = { browserId: null, browser: "Firefox on Linux", origin: "192.0.2.7" };
  const input = { name: "Sheet", scopes: ["read"] };
  const call = (actor: Actor) => ({ actor, client: company.client });
  const begun = await perform(signIn, { whence, way: "single_sign_on" }, call(company.actor(user)));
  const actor = { ...company.actor(user), sessionId: begun.answer.session };
  // Whoever has a password is asked for it, however fresh they came.
  await expect(perform(createApiKey, input, call(actor))).rejects.toMatchObject({ field: "password" });
  await put(null);
  const made = (await perform(createApiKey, input, call(actor))).answer;
  expect((await send("/me", { key: made.key })).status).toBe(200);
  await asPerson(
    "rita",
    sql`update sessions set created_at = now() - interval '11 minutes' where id = ${begun.answer.session}`,
  );
  const late = { rule: expect.stringContaining("sign in anew by single sign-on to make a key") };
  await expect(perform(createApiKey, input, call(actor))).rejects.toMatchObject(late);
  await expect(perform(createApiKey, input, call(company.actor(user)))).rejects.toMatchObject(late);
  await put(kept);
});

test("answers under a key say how many requests are left", async () => {
  const { key } = await keyOf("ana", ["read"]);
  const answered = await send("/me", { key });
  expect(answered.headers.get("ratelimit")).toMatch(/^"key";r=\d+;t=\d+$/);
  expect(answered.headers.get("ratelimit-policy")).toBe('"key";q=600;w=60');
  // A person is counted as one, whatever keys they have.
  const asPerson = await send("/me", { session: company.actor("ana") });
  expect(asPerson.headers.get("ratelimit")).toMatch(/^"reads";r=\d+;t=\d+$/);
});

test("the database makes no key of another person's hand, and none other than it was made", async () => {
  const { keyId } = await keyOf("ana", ["read"]);
  await expect(
    asPerson(
      "rita",
      sql`insert into api_keys (id, name, user_id, scopes, key_hash, hint, created_by, expires_at)
      values ('AK-X', 'x', 'fay', '{read}', ${"0".repeat(64)}, 'csk_', 'user:rita', now() + interval '1 day')`,
    ),
  ).rejects.toThrow();
  await expect(
    asPerson("rita", sql`update api_keys set scopes = '{write:deals}' where id = ${keyId}`),
  ).rejects.toThrow();
  await expect(
    asPerson(
      "rita",
      sql`insert into api_keys (id, name, role, scopes, key_hash, hint, created_by, expires_at)
      values ('AK-Y', 'x', 'finance', '{write:finance}', ${"1".repeat(64)}, 'csk_', 'user:rita', now() + interval '1 day')`,
    ),
  ).rejects.toThrow();
});

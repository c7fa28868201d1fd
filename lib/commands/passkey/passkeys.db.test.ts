// Long: everything about signing with a passkey, over one company and one proposal after the other.
import { and, desc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { asWritten, auditLog } from "@/db/schema/audit";
import { passkeys, users } from "@/db/schema/people";
import { signatures } from "@/db/schema/policies";
import { type Actor, actorOfUser } from "@/lib/auth/actor";
import { companyDay } from "@/lib/company-day";
import { signIn } from "../account/sign-in";
import { type Company, openCompany, PASSWORD } from "../commands.fixture";
import { perform } from "../door";
import { signPolicy } from "../policy/sign-policy";
import { Stage } from "../scenes.fixture";
import { Authenticator } from "./authenticator.fixture";
import { beginPasskey } from "./begin-passkey";
import { beginSignature } from "./begin-signature";
import { registerPasskey } from "./register-passkey";
import { removePasskey } from "./remove-passkey";

const ORIGIN = "https://sign.company.example";
const DAY = companyDay(Date.now(), "UTC");
let company: Company;
let document: { policyId: string; hash: string };

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_URL", ORIGIN);
  vi.stubEnv("NEXTAUTH_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz");
  company = await openCompany();
});
beforeEach(async () => {
  document = await new Stage(company).proposal();
});
afterAll(async () => {
  await company.close();
  vi.unstubAllEnvs();
});

const asSystem = (statement: ReturnType<typeof sql>) =>
  guardedTransaction(company.client, { actor: "system:test", request: "R" }, (tx) => tx.execute(statement));
const call = (actor: Actor) => ({ actor, client: company.client, today: DAY });

/** A person in a session of their own, as they are now. */
async function signedIn(userId: string, browserId: string | null = null, way = "password"): Promise<Actor> {
  const [user] = await company.client.db.select().from(users).where(eq(users.id, userId));
  const whence = { browserId, browser: "Firefox on Linux", origin: "192.0.2.7" };
  const { answer } = await perform(signIn, { whence, way }, call(actorOfUser(user!)));
  return { ...actorOfUser(user!), sessionId: answer.session };
}

/** Registers a passkey as a browser does; the actor as they are after. */
async function withPasskey(
  actor: Actor,
  key = new Authenticator(ORIGIN),
  password: string | undefined = PASSWORD,
) {
  const { options } = (await perform(beginPasskey, { password }, call(actor))).answer;
  const { answer } = await perform(
    registerPasskey,
    { name: "Laptop", response: key.register(options) },
    call(actor),
  );
  const [user] = await company.client.db.select().from(users).where(eq(users.id, actor.userId!));
  return { key, signs: answer.signs, actor: { ...actorOfUser(user!), sessionId: actor.sessionId } as Actor };
}

const ask = async (actor: Actor, input: Record<string, string> = document) =>
  (await perform(beginSignature, { verb: "sign-policy", input }, call(actor))).answer.options;
const sign = (actor: Actor, passkey: unknown, input: object = document) =>
  perform(signPolicy, { ...input, passkey }, call(actor));
const lastEntry = async (action: string) =>
  (
    await company.client.db
      .select(asWritten)
      .from(auditLog)
      .where(eq(auditLog.action, action))
      .orderBy(desc(auditLog.id))
      .limit(1)
  )[0]!;
const signatureOf = async (userId: string) =>
  (
    await company.client.db
      .select()
      .from(signatures)
      .where(and(eq(signatures.policyId, document.policyId), eq(signatures.userId, userId)))
  )[0];

/** Takes somebody's password, as it is for who was let in by single sign-on. */
const forgetPassword = (userId: string) =>
  asSystem(sql`update users set password_hash = null, password_own = false where id = ${userId}`);

describe("a passkey", () => {
  test("signs instead of a password, and the signature and the log say by what", async () => {
    const { key, actor } = await withPasskey(await signedIn("carl"));
    await sign(actor, key.answer(await ask(actor)));
    expect(await signatureOf("carl")).toMatchObject({ method: "passkey", hash: document.hash });
    expect((await lastEntry("sign-policy")).after).toMatchObject({ method: "passkey", seat: "cro" });
    await perform(signPolicy, { ...document, password: PASSWORD }, call(await signedIn("fay")));
    expect(await signatureOf("fay")).toMatchObject({ method: "password" });
  });

  test("is what somebody without a password signs by, and they need it", async () => {
    await forgetPassword("carl");
    const actor = await signedIn("carl", null, "single_sign_on");
    await asSystem(sql`delete from passkeys`);
    await asSystem(sql`update users set passkey_own = false`);
    const bare = await signedIn("carl", null, "single_sign_on");
    await expect(sign(bare, undefined, { ...document, password: PASSWORD })).rejects.toMatchObject({
      field: "password",
    });
    const made = await withPasskey(actor, new Authenticator(ORIGIN), undefined);
    await sign(made.actor, made.key.answer(await ask(made.actor)));
    expect(await signatureOf("carl")).toMatchObject({ method: "passkey" });
  });

  test("is registered by who knows the password, or came by single sign-on within minutes", async () => {
    const fay = await signedIn("fay");
    await expect(perform(beginPasskey, { password: "not mine" }, call(fay))).rejects.toMatchObject({
      field: "password",
    });
    await expect(perform(beginPasskey, {}, call(fay))).rejects.toMatchObject({ field: "password" });
    const carl = await signedIn("carl", null, "single_sign_on");
    await asSystem(
      sql`update sessions set created_at = now() - interval '11 minutes' where id = ${carl.sessionId}`,
    );
    await expect(perform(beginPasskey, {}, call(carl))).rejects.toMatchObject({
      rule: expect.stringContaining("sign in anew"),
    });
  });

  test("that was made in an admin's browser counts for no signature", async () => {
    await signedIn("rita", "the-browser-of-the-admin");
    const made = await withPasskey(await signedIn("hope", "the-browser-of-the-admin"));
    expect(made.signs).toBe(false);
    const options = await ask(made.actor);
    await expect(sign(made.actor, made.key.answer(options))).rejects.toMatchObject({
      rule: expect.stringContaining("admin's browser"),
    });
    expect(await signatureOf("hope")).toBeUndefined();
  });

  test("that was taken away signs nothing; an admin may take away one that is lost, and nobody else", async () => {
    const { key, actor } = await withPasskey(await signedIn("fay"));
    const options = await ask(actor);
    const passkeyId = key.id.toString("base64url");
    const remove = async (by: string) => perform(removePasskey, { passkeyId }, call(await signedIn(by)));
    await expect(remove("ana")).rejects.toMatchObject({ code: "forbidden" });
    await remove("rita");
    await expect(sign(actor, key.answer(options))).rejects.toMatchObject({ rule: "is not yours" });
    const [row] = await company.client.db.select().from(users).where(eq(users.id, "fay"));
    expect(row).toMatchObject({ passkeyOwn: false });
  });
});

describe("an answer is refused", () => {
  let actor: Actor;
  let key: Authenticator;
  beforeEach(async () => {
    await asSystem(sql`delete from passkeys`);
    ({ actor, key } = await withPasskey(await signedIn("fay")));
  });
  const refused = (passkey: unknown, words: string, by = actor, input: object = document) =>
    expect(sign(by, passkey, input)).rejects.toMatchObject({ rule: expect.stringContaining(words) });
  const BEGIN = "begin again";

  test("the second time", async () => {
    const answer = key.answer(await ask(actor));
    await sign(actor, answer);
    document = await new Stage(company).proposal();
    await refused(answer, BEGIN);
  });

  test("for another document than was asked for", async () => {
    const answer = key.answer(await ask(actor, { ...document, hash: "0".repeat(64) }));
    await refused(answer, BEGIN);
  });

  test("in another seat than was asked for", async () => {
    const options = await ask(actor);
    await refused(key.answer(options), BEGIN, { ...actor, role: "cro" });
  });

  test("in another session, and by another person", async () => {
    await refused(key.answer(await ask(actor)), BEGIN, await signedIn("fay"));
    await refused(key.answer(await ask(actor)), BEGIN, await signedIn("hope"));
  });

  test("when it comes too late", async () => {
    const options = await ask(actor);
    // A challenge stays as it was asked, so one that is over is asked for as one.
    await asSystem(sql`with old as (delete from challenges where user_id = 'fay' and purpose = 'sign'
        and used_at is null returning *)
      insert into challenges (token_hash, purpose, user_id, session_id, about, created_at, expires_at)
      select token_hash, purpose, user_id, session_id, about, now() - interval '6 minutes',
        now() - interval '1 second' from old`);
    await refused(key.answer(options), BEGIN);
  });

  test("to what nobody asked", async () => {
    await refused(key.answer({ challenge: "made-up" }), BEGIN);
  });

  test("from another address, for another app, or when the authenticator did not know who touched it", async () => {
    const options = await ask(actor);
    await refused(key.answer(options, { verified: false }), "User verification");
    const foreign = new Authenticator("https://evil.example");
    const answer = foreign.answer(await ask(actor));
    await refused(
      { ...answer, id: key.id.toString("base64url"), rawId: key.id.toString("base64url") },
      "origin",
    );
  });

  test("by a key that is not the one that was registered", async () => {
    const other = new Authenticator(ORIGIN);
    const answer = other.answer(await ask(actor));
    await refused(
      { ...answer, id: key.id.toString("base64url"), rawId: key.id.toString("base64url") },
      "did not sign",
    );
    await refused(other.answer(await ask(actor)), "is not yours");
  });

  test("by a copy, whose counter stands where it stood before", async () => {
    key.counter = 5;
    await sign(actor, key.answer(await ask(actor)));
    document = await new Stage(company).proposal();
    key.counter = 2;
    await refused(key.answer(await ask(actor)), "counter");
    expect(await signatureOf("fay")).toBeUndefined();
  });

  test("and is used up by being refused", async () => {
    const options = await ask(actor);
    await refused(key.answer(options, { verified: false }), "User verification");
    await refused(key.answer(options), BEGIN);
  });
});

describe("the database", () => {
  const refused = { cause: { code: "CS402" } };
  test("lets nobody register for somebody else, change a key or turn its counter back", async () => {
    const values = {
      id: "c1",
      userId: "fay",
      name: "Laptop",
      publicKey: "k",
      transports: [],
      own: true,
      counter: 3,
    };
    const insert = (actor: string) =>
      guardedTransaction(company.client, { actor, request: "R" }, (tx) => tx.insert(passkeys).values(values));
    await expect(insert("user:rita")).rejects.toMatchObject(refused);
    await insert("user:fay");
    const change = (what: ReturnType<typeof sql>) =>
      asSystem(sql`update passkeys set ${what} where id = 'c1'`);
    await expect(change(sql`public_key = 'another'`)).rejects.toMatchObject({ cause: { code: "42501" } });
    await expect(change(sql`own = false`)).rejects.toMatchObject({ cause: { code: "42501" } });
    await expect(change(sql`counter = 2`)).rejects.toMatchObject(refused);
    await change(sql`counter = 4`);
  });

  test("takes no signature by a passkey for which nobody was asked", async () => {
    await withPasskey(await signedIn("fay"));
    await asSystem(sql`delete from challenges`);
    const signature = {
      ...document,
      seat: "finance" as const,
      userId: "fay",
      name: "Fay",
      method: "passkey" as const,
    };
    await expect(
      guardedTransaction(company.client, { actor: "user:fay", request: "R" }, (tx) =>
        tx.insert(signatures).values(signature),
      ),
    ).rejects.toMatchObject({ cause: { code: "CS202" } });
  });
});

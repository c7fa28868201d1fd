// Long: everything about who comes in by single sign-on, over one provider and one database.
import type { Server } from "node:http";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { closeDatabases, database } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { asWritten, auditLog } from "@/db/schema/audit";
import { identities } from "@/db/schema/identities";
import { sessions, users } from "@/db/schema/people";
import { testDatabase } from "@/db/test-database";
import { type Actor, actorOfUser, COMMAND_LINE, STRANGER } from "@/lib/auth/actor";
import { actorOfToken } from "@/lib/auth/session";
import { checkSignOn } from "@/lib/auth/sign-on-check";
import { SIGNED_WITH, signOnConfig } from "@/lib/auth/single-sign-on";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { trySignIn } from "@/lib/commands/account/try-sign-in";
import { createUser } from "@/lib/commands/company/create-user";
import { editUser } from "@/lib/commands/company/edit-user";
import { perform } from "@/lib/commands/door";
import { assignIdentity } from "@/lib/commands/sign-on/assign-identity";
import { beginLink } from "@/lib/commands/sign-on/begin-link";
import { dropIdentity } from "@/lib/commands/sign-on/drop-identity";
import { editSignOn } from "@/lib/commands/sign-on/edit-sign-on";
import { noteIdentity } from "@/lib/commands/sign-on/note-identity";
import { serveAuth, Visitor } from "./browser.fixture";
import { CLIENT, type Hostile, IdentityProvider, newKey, type Said } from "./identity-provider.fixture";
import { WHENCE } from "./session.fixture";
import { answerSignIn } from "./sign-in";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const PASSWORD = "correct horse battery";
const operator = { actor: COMMAND_LINE };
let app: { address: string; server: Server };
let provider: IdentityProvider;
let people = 0;

beforeAll(async () => {
  vi.stubEnv("DATABASE_URL", (await testDatabase()).url);
  vi.stubEnv("NEXTAUTH_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz");
  app = await serveAuth(() => answerSignIn);
  provider = await IdentityProvider.open(`${app.address}/api/auth/callback/sso`);
  vi.stubEnv("NEXTAUTH_URL", app.address);
  vi.stubEnv("SSO_ISSUER", provider.issuer);
  vi.stubEnv("SSO_CLIENT_ID", CLIENT.id);
  vi.stubEnv("SSO_CLIENT_SECRET", CLIENT.secret);
});
afterEach(async () => {
  provider.hostile = {};
  await asSystem(sql`delete from password_tries`);
});
afterAll(async () => {
  app.server.closeAllConnections();
  app.server.close();
  await provider.close();
  await closeDatabases();
  vi.unstubAllEnvs();
});

const asSystem = (statement: ReturnType<typeof sql>) =>
  guardedTransaction(database(), { actor: "system:test", request: "R" }, (tx) => tx.execute(statement));
const rowOf = async (userId: string) =>
  (await database().db.select().from(users).where(eq(users.id, userId)))[0]!;
const actorOf = async (userId: string): Promise<Actor> => actorOfUser(await rowOf(userId));
const identityOf = async (subject: string) =>
  (await database().db.select().from(identities).where(eq(identities.subject, subject)))[0];
const entries = async (subjectId: string) =>
  (
    await database()
      .db.select(asWritten)
      .from(auditLog)
      .where(eq(auditLog.subjectId, subjectId))
      .orderBy(auditLog.id)
  ).map(({ action, actor, after }) => ({ action, actor, after: after as Said }));
const lastRefusal = async () =>
  (
    await database().db.execute<{ why: string; said: string | null; subject_id: string }>(sql`
      select after ->> 'why' as why, after ->> 'said' as said, subject_id from audit_log
      where action = 'refuse-sign-in' order by id desc limit 1`)
  )[0]!;
const stateOfSession = async (id: string) => {
  const [session] = await database().db.select().from(sessions).where(eq(sessions.id, id));
  return session!.endedAt ? "over" : "open";
};
const countSessions = async () =>
  Number((await database().db.execute(sql`select count(*)::int as n from sessions`))[0]!.n);

/** Somebody here. */
async function somebody(role = "ae", password: string | null = null) {
  const email = `p${++people}@x.test`;
  const { userId } = (await perform(createUser, { name: `Person ${people}`, email, role }, operator)).answer;
  if (password !== null) await setFirstPassword(database(), userId, password);
  return { userId, email };
}

/** Somebody at the provider's, and who they are there. */
function known(said: Said = {}): string {
  const subject = `subject-${++people}`;
  provider.people.set(subject, {
    email: `${subject}@id.test`,
    email_verified: true,
    name: "Nia Holm",
    ...said,
  });
  return subject;
}

/** Somebody here whose identity an admin has said. */
async function linked(said: Said = {}, role = "ae") {
  const [person, subject] = [await somebody(role), known(said)];
  const named = { issuer: provider.issuer, subject };
  await perform(noteIdentity, { ...named, email: "x@id.test", name: "X" }, { actor: STRANGER });
  await perform(assignIdentity, { ...named, userId: person.userId }, operator);
  return { ...person, subject };
}

interface Way {
  visitor?: Visitor;
  callbackUrl?: string;
  hostile?: Hostile;
  /** Changes the address that the provider is asked by. */
  leaves?(address: URL): void;
  /** Changes the address that leads back, or what the browser kept. */
  returns?(address: URL, visitor: Visitor): void | Promise<void>;
}

/** Goes to the provider and comes back; where that leads to, and who is signed in then. */
async function come(subject: string, way: Way = {}) {
  const { visitor = new Visitor(), callbackUrl = "/", hostile = {}, leaves, returns } = way;
  provider.who = subject;
  provider.hostile = hostile;
  const csrf = (await (await visitor.go(`${app.address}/api/auth/csrf`)).json()) as { csrfToken: string };
  const begun = await visitor.go(`${app.address}/api/auth/signin/sso`, {
    ...csrf,
    callbackUrl,
    json: "true",
  });
  const asked = new URL(((await begun.json()) as { url: string }).url);
  leaves?.(asked);
  const back = new URL(await visitor.follow(asked.href, provider.issuer));
  await returns?.(back, visitor);
  const answered = await visitor.go(back.href);
  const to = new URL(answered.headers.get("location") ?? "about:blank", app.address);
  return { asked, back: back.href, visitor, to: to.pathname + to.search, actor: await signedIn(visitor) };
}

async function signedIn(visitor: Visitor): Promise<Actor | null> {
  const token = visitor.jar(app.address).get("next-auth.session-token");
  return token ? actorOfToken(token) : null;
}

describe("an honest provider", () => {
  test("brings who is linked, by code with PKCE, state and nonce, and the log says so", async () => {
    const { userId, subject } = await linked();
    const { asked, to, actor } = await come(subject, { callbackUrl: "/policy" });
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.any(String),
      nonce: expect.any(String),
      scope: "openid email profile",
    });
    expect(to).toBe("/policy");
    expect(actor).toMatchObject({ userId, role: "ae" });
    const [session] = await database().db.select().from(sessions).where(eq(sessions.id, actor!.sessionId!));
    expect(session).toMatchObject({ way: "single_sign_on", browser: "Firefox on Linux" });
    expect((await entries(userId)).at(-1)).toMatchObject({
      action: "sign-in",
      actor: `user:${userId}`,
      after: { way: "single_sign_on" },
    });
  });

  test("finds nobody by their address: who is not linked waits for an admin", async () => {
    const { userId, email } = await somebody();
    const subject = known({ email });
    const { to, actor } = await come(subject);
    expect({ to, actor }).toEqual({ to: "/sign-in?refused=unknown", actor: null });
    expect(await identityOf(subject)).toMatchObject({ userId: null, email });
    expect(await lastRefusal()).toMatchObject({ why: "belongs to nobody here", subject_id: "unknown" });
    await perform(assignIdentity, { issuer: provider.issuer, subject, userId }, operator);
    expect((await come(subject)).actor).toMatchObject({ userId });
  });

  test("brings nobody who is switched off, whose sessions end at once", async () => {
    const { userId, subject } = await linked();
    const { visitor } = await come(subject);
    await perform(editUser, { userId, changes: { disabled: true } }, operator);
    expect(await signedIn(visitor)).toBeNull();
    expect(await come(subject)).toMatchObject({ to: "/sign-in?refused=off", actor: null });
    expect(await lastRefusal()).toMatchObject({ why: "switched off", subject_id: userId });
  });

  test("brings nobody once the link was taken away, and who came by it is out", async () => {
    const { subject } = await linked();
    const { visitor } = await come(subject);
    await perform(dropIdentity, { issuer: provider.issuer, subject }, operator);
    expect(await signedIn(visitor)).toBeNull();
    expect((await come(subject)).actor).toBeNull();
  });

  test("whose keys are others now brings by the new, and by the old no more", async () => {
    const { userId, subject } = await linked();
    const old = await provider.rotate();
    expect(await come(subject, { hostile: { signedBy: old } })).toMatchObject({
      to: "/sign-in?refused=failed",
      actor: null,
    });
    expect((await come(subject)).actor).toMatchObject({ userId });
  });
});

describe("what its tokens are signed with", () => {
  afterEach(async () => {
    vi.stubEnv("SSO_ALGORITHM", undefined);
    await provider.rotate();
  });

  test.each(SIGNED_WITH)("is %s where that was set, and nothing else then", async (algorithm) => {
    const { userId, subject } = await linked();
    vi.stubEnv("SSO_ALGORITHM", algorithm);
    await provider.rotate(algorithm);
    expect((await come(subject)).actor).toMatchObject({ userId });
    const another = SIGNED_WITH.find((one) => one !== algorithm);
    await provider.rotate(another);
    expect(await come(subject)).toMatchObject({ to: "/sign-in?refused=failed", actor: null });
    expect((await lastRefusal()).said).toContain("alg");
    const wrong = (await checkSignOn(signOnConfig()!, app.address)).filter(({ right }) => !right);
    expect(wrong[0]!.says).toContain(`It does not sign with ${algorithm}`);
    expect(wrong[0]!.says).toContain(`it does with ${another}`);
  });
});

describe("signing out", () => {
  /** As the page's button does; where it then sends the browser. */
  async function leave(visitor: Visitor): Promise<string> {
    const csrf = (await (await visitor.go(`${app.address}/api/auth/csrf`)).json()) as { csrfToken: string };
    const form = { ...csrf, callbackUrl: "/sign-in", json: "true" };
    const answered = await visitor.go(`${app.address}/api/auth/signout`, form);
    return ((await answered.json()) as { there?: string }).there ?? "here alone";
  }

  test("ends the session here, and leads to where the provider ends its own, which leads back", async () => {
    const { subject } = await linked();
    const { visitor, actor } = await come(subject);
    expect(actor).not.toBeNull();
    const there = new URL(await leave(visitor));
    expect(await stateOfSession(actor!.sessionId!)).toBe("over");
    expect(there.origin).toBe(provider.issuer);
    expect(Object.fromEntries(there.searchParams)).toEqual({
      client_id: CLIENT.id,
      post_logout_redirect_uri: `${app.address}/sign-in`,
      id_token_hint: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
    const asks = await (await visitor.go(there.href)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asks)![1]!;
    const ended = await visitor.go(`${provider.issuer}/session/end/confirm`, { xsrf, logout: "yes" });
    expect(ended.headers.get("location")).toBe(`${app.address}/sign-in`);
    expect([...visitor.jar(app.address).keys()]).not.toContain("countersign-came-by");
  });

  test.each<[string, Hostile]>([
    ["offers none", { discovery: { end_session_endpoint: undefined } }],
    ["is another now", { discovery: { issuer: "https://evil.example" } }],
    ["names a line without TLS, or none", { discovery: { end_session_endpoint: "javascript:alert(1)" } }],
  ])("stays here where the provider %s", async (_, hostile) => {
    const { subject } = await linked();
    const { visitor, actor } = await come(subject);
    provider.hostile = hostile;
    expect(await leave(visitor)).toBe("here alone");
    expect(await stateOfSession(actor!.sessionId!)).toBe("over");
  });

  test("of who came by a password stays here", async () => {
    const { email } = await somebody("ae", PASSWORD);
    const visitor = new Visitor();
    const csrf = (await (await visitor.go(`${app.address}/api/auth/csrf`)).json()) as { csrfToken: string };
    const form = { ...csrf, email, password: PASSWORD, json: "true", callbackUrl: "/" };
    await visitor.go(`${app.address}/api/auth/callback/credentials`, form);
    expect(await signedIn(visitor)).not.toBeNull();
    expect(await leave(visitor)).toBe("here alone");
    expect(await signedIn(visitor)).toBeNull();
  });
});

describe("a hostile one brings nobody", () => {
  const hour = 3600;
  const now = () => Math.floor(Date.now() / 1000);
  const HOSTILE: readonly [string, () => Hostile, string][] = [
    ["a token of another issuer", () => ({ claims: { iss: "https://evil.example" } }), "unexpected iss"],
    [
      "another issuer in all that it says",
      () => ({ discovery: { issuer: "https://evil.example" }, claims: { iss: "https://evil.example" } }),
      "",
    ],
    ["a token for another client", () => ({ claims: { aud: "another" } }), "aud"],
    ["a token that is over", () => ({ claims: { exp: now() - hour } }), "expired"],
    ["a token with another nonce", () => ({ claims: { nonce: "another" } }), "nonce"],
    ["a token with no nonce", () => ({ claims: { nonce: undefined } }), "nonce"],
    ["a token that a key of nobody's signed", () => ({ signedBy: newKey() }), "key"],
    ["a token that nobody signed", () => ({ signedBy: "nobody" }), "alg"],
    ["a token of nobody", () => ({ claims: { sub: undefined } }), "sub"],
  ];
  test.each(HOSTILE)("by %s", async (_, hostile, words) => {
    const { subject } = await linked();
    const before = await countSessions();
    const came = await come(subject, { hostile: hostile() });
    expect(came).toMatchObject({ to: "/sign-in?refused=failed", actor: null });
    expect(await countSessions()).toBe(before);
    const { why, said } = await lastRefusal();
    expect(why).toBe("single sign-on failed");
    expect(said).toContain(words);
  });

  // The library holds an issuer against the way back's `iss` alone, which whoever is hostile leaves out.
  test("by calling itself another issuer everywhere, the way back without its name", async () => {
    const subject = known();
    const evil = "https://evil.example";
    await perform(
      noteIdentity,
      { issuer: evil, subject, email: "x@id.test", name: "X" },
      { actor: STRANGER },
    );
    const { userId } = await somebody();
    await perform(assignIdentity, { issuer: evil, subject, userId }, operator);
    const discovery = { issuer: evil, authorization_response_iss_parameter_supported: false };
    const came = await come(subject, {
      hostile: { discovery, claims: { iss: evil } },
      returns: (address) => address.searchParams.delete("iss"),
    });
    expect(came).toMatchObject({ to: "/sign-in?refused=failed", actor: null });
    expect((await lastRefusal()).said).toBe(`it says that it is ${evil}, and not ${provider.issuer}`);
  });

  test.each([
    ["not verified", { email_verified: false }],
    ["not said to be verified", { email_verified: undefined }],
    ["said to be verified in a text", { email_verified: "true" }],
    ["not said", { email: undefined }],
  ])("whose address is %s", async (_, said) => {
    const { subject, userId } = await linked();
    provider.people.set(subject, { email: "x@id.test", email_verified: true, ...said });
    expect(await come(subject)).toMatchObject({ to: "/sign-in?refused=unverified", actor: null });
    expect(await lastRefusal()).toMatchObject({ why: "mail not verified", subject_id: userId });
  });

  test("by the same subject at another issuer", async () => {
    const { subject, userId } = await linked();
    await asSystem(sql`delete from identities where subject = ${subject}`);
    await guardedTransaction(database(), { actor: COMMAND_LINE.id, request: "R" }, (tx) =>
      tx.insert(identities).values({
        ...{ issuer: "https://other.example", subject, userId, email: "x@id.test", name: "X" },
        ...{ linkedBy: COMMAND_LINE.id, linkedAt: sql`now()` },
      }),
    );
    expect(await come(subject)).toMatchObject({ to: "/sign-in?refused=unknown", actor: null });
  });
});

describe("a way back", () => {
  test("is taken once", async () => {
    const { subject } = await linked();
    const kept = new Map<string, string>();
    const first = await come(subject, {
      returns: (_, visitor) => {
        for (const [name, value] of visitor.jar(app.address)) kept.set(name, value);
      },
    });
    expect(first.actor).not.toBeNull();
    const again = new Visitor();
    for (const [name, value] of kept) again.jar(app.address).set(name, value);
    const answered = await again.go(first.back);
    expect(answered.headers.get("location")).toBe("/sign-in?refused=failed");
    expect(await signedIn(again)).toBeNull();
    expect(await lastRefusal()).toMatchObject({ said: "this way back was taken before" });
  });

  test("is not taken with a state that was used, though the code is new", async () => {
    const { subject } = await linked();
    let used = "";
    await come(subject, {
      returns: (address) => {
        used = address.searchParams.get("state")!;
      },
    });
    const came = await come(subject, { returns: (address) => address.searchParams.set("state", used) });
    expect(came).toMatchObject({ to: "/sign-in?refused=failed", actor: null });
  });

  const BROKEN: readonly [string, Way][] = [
    ["without a state", { returns: (address) => address.searchParams.delete("state") }],
    ["with another state", { returns: (address) => address.searchParams.set("state", "another") }],
    ["in another browser", { returns: (_, visitor) => visitor.jar(app.address).clear() }],
    [
      "without the verifier of PKCE",
      { returns: (_, visitor) => void visitor.jar(app.address).delete("next-auth.pkce.code_verifier") },
    ],
    [
      "without the nonce that was kept",
      { returns: (_, visitor) => void visitor.jar(app.address).delete("next-auth.nonce") },
    ],
    [
      "from where PKCE was taken out",
      { leaves: (address) => void address.searchParams.delete("code_challenge") },
    ],
    [
      "with a code that nobody was given",
      { returns: (address) => address.searchParams.set("code", "made-up") },
    ],
  ];
  test.each(BROKEN)("%s leads to nobody", async (_, way) => {
    const { subject } = await linked();
    const before = await countSessions();
    expect(await come(subject, way)).toMatchObject({ to: "/sign-in?refused=failed", actor: null });
    expect(await countSessions()).toBe(before);
    expect(await lastRefusal()).toMatchObject({ why: "single sign-on failed" });
  });

  test("by another's code leads to nobody: it is bound to who asked for it", async () => {
    const [one, other] = [await linked(), await linked()];
    let code = "";
    await come(other.subject, {
      returns: (address) => {
        code = address.searchParams.get("code")!;
        address.searchParams.set("code", "kept for later");
      },
    });
    const came = await come(one.subject, { returns: (address) => address.searchParams.set("code", code) });
    expect(came.actor).toBeNull();
  });

  test("that is knocked on without end fills no log", async () => {
    const noted = async () => {
      const [row] = await database().db.execute<{ n: number }>(sql`
        select count(*)::int as n from audit_log where action = 'refuse-sign-in'`);
      return row!.n;
    };
    const before = await noted();
    const visitor = new Visitor();
    for (let times = 0; times < 40; times++)
      await visitor.go(`${app.address}/api/auth/callback/sso?state=s${times}&code=c`);
    expect((await noted()) - before).toBeLessThanOrEqual(30);
  });
});

describe("roles by groups", () => {
  const rules = (changes: object) => perform(editSignOn, { changes }, operator);
  afterEach(async () => {
    await rules({ provisions: false, groups: [], groupsClaim: "another" }).catch(() => {});
    await rules({ groupsClaim: "groups" }).catch(() => {});
  });
  const GROUPS = [
    { group: "finance", role: "finance" },
    { group: "sellers", role: "ae" },
  ];

  test("are taken at each coming, the first of several, and nobody comes in without one", async () => {
    await rules({ groups: GROUPS });
    const { subject, userId } = await linked({ groups: ["sellers", "finance"] }, "auditor");
    expect((await come(subject)).actor).toMatchObject({ userId, role: "finance" });
    provider.people.set(subject, { ...provider.people.get(subject), groups: ["sellers"] });
    const seller = await come(subject);
    expect(seller.actor).toMatchObject({ role: "ae" });
    expect((await entries(userId)).filter(({ action }) => action === "edit-user").at(-1)).toMatchObject({
      actor: "system:house",
    });
    provider.people.set(subject, { ...provider.people.get(subject), groups: ["others"] });
    expect(await come(subject)).toMatchObject({ to: "/sign-in?refused=no_role", actor: null });
    expect(await lastRefusal()).toMatchObject({ why: "no role for their groups" });
  });

  test("leave the last admin one", async () => {
    const admin = await linked({ groups: ["sellers"] }, "admin");
    await asSystem(sql`update users set role = 'ae' where role = 'admin' and id <> ${admin.userId}`);
    await rules({ groups: GROUPS });
    expect((await come(admin.subject)).actor).toMatchObject({ userId: admin.userId, role: "admin" });
  });

  test("let in who has one though nobody named them, if the rules say so, and else do not", async () => {
    await rules({ groups: GROUPS });
    const subject = known({ groups: ["sellers"], name: "Ola Ray" });
    expect((await come(subject)).actor).toBeNull();
    await rules({ provisions: true });
    const { actor } = await come(subject);
    expect(actor).toMatchObject({ role: "ae", name: "Ola Ray" });
    expect((await entries(actor!.userId!)).map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      "provision-person system:house",
      `sign-in user:${actor!.userId}`,
    ]);
    expect((await come(known({ groups: ["others"] }))).actor).toBeNull();
  });

  test("let nobody in as somebody whose address they have", async () => {
    await rules({ groups: GROUPS, provisions: true });
    const { email } = await somebody("finance");
    const subject = known({ groups: ["finance"], email: email.toUpperCase() });
    expect(await come(subject)).toMatchObject({ to: "/sign-in?refused=unknown", actor: null });
    expect(await identityOf(subject)).toMatchObject({ userId: null });
  });

  test("are needed to let in by", async () => {
    await expect(rules({ provisions: true })).rejects.toMatchObject({ field: "changes.provisions" });
  });
});

describe("linking oneself", () => {
  /** Somebody signed in with their password, who has begun to link. */
  async function begun() {
    const { userId, email } = await somebody("ae", PASSWORD);
    const visitor = new Visitor();
    const csrf = (await (await visitor.go(`${app.address}/api/auth/csrf`)).json()) as { csrfToken: string };
    await visitor.go(`${app.address}/api/auth/callback/credentials`, {
      ...{ ...csrf, email, password: PASSWORD, json: "true", callbackUrl: "/" },
    });
    const actor = (await signedIn(visitor))!;
    const { answer } = await perform(beginLink, { password: PASSWORD }, { actor });
    return { userId, visitor, actor, callbackUrl: `/settings/account?link=${answer.token}` };
  }

  test("asks for one's password, links once, and signs nobody else in", async () => {
    const { userId, visitor, actor, callbackUrl } = await begun();
    await expect(perform(beginLink, { password: "not mine" }, { actor })).rejects.toMatchObject({
      field: "password",
    });
    const subject = known();
    const came = await come(subject, { visitor, callbackUrl });
    expect(came.to).toBe("/settings/account?signOn=linked");
    expect(came.actor).toMatchObject({ userId, sessionId: actor.sessionId });
    expect(await identityOf(subject)).toMatchObject({ userId, linkedBy: `user:${userId}` });
    expect((await come(subject)).actor).toMatchObject({ userId });
    const again = await come(known(), { visitor, callbackUrl });
    expect(again.to).toBe("/settings/account?signOn=failed");
  });

  test("holds in the session that began it", async () => {
    const [one, other] = [await begun(), await begun()];
    const subject = known();
    const elsewhere = await come(subject, { visitor: other.visitor, callbackUrl: one.callbackUrl });
    expect(elsewhere.to).toBe("/settings/account?signOn=failed");
    const nobody = await come(subject, { callbackUrl: one.callbackUrl });
    expect(nobody).toMatchObject({ to: "/settings/account?signOn=failed", actor: null });
    expect(await identityOf(subject)).toBeUndefined();
  });

  test("takes nobody's identity away from them", async () => {
    const { subject, userId } = await linked();
    const { visitor, callbackUrl } = await begun();
    expect((await come(subject, { visitor, callbackUrl })).to).toBe("/settings/account?signOn=taken");
    expect(await identityOf(subject)).toMatchObject({ userId });
  });

  test("takes nobody whose address is not verified", async () => {
    const { visitor, callbackUrl } = await begun();
    const subject = known({ email_verified: false });
    expect((await come(subject, { visitor, callbackUrl })).to).toBe("/settings/account?signOn=unverified");
    expect(await identityOf(subject)).toBeUndefined();
  });
});

describe("passwords", () => {
  test("are switched off by who came by single sign-on alone, and let in again by the command line", async () => {
    const admin = await linked({}, "admin");
    const { email } = await somebody("ae", PASSWORD);
    const knock = () => trySignIn({ email, password: PASSWORD, whence: WHENCE });
    const off = (actor: Actor) => perform(editSignOn, { changes: { passwordsOff: true } }, { actor });
    await expect(off(await actorOf(admin.userId))).rejects.toMatchObject({ field: "changes.passwordsOff" });
    await expect(off(COMMAND_LINE)).rejects.toMatchObject({ field: "changes.passwordsOff" });
    const { actor } = await come(admin.subject);
    await off(actor!);
    expect(await knock()).toEqual({ is: "refused" });
    expect(await lastRefusal()).toMatchObject({ why: "passwords are off" });
    expect((await come(admin.subject)).actor).not.toBeNull();
    await perform(editSignOn, { changes: { passwordsOff: false } }, operator);
    expect((await knock()).is).toBe("in");
  });
});

describe("the database", () => {
  const insert = (by: string, userId: string, linkedBy = by) =>
    guardedTransaction(database(), { actor: by, request: "R" }, (tx) =>
      tx.insert(identities).values({
        ...{ issuer: "https://id.example", subject: `db-${++people}`, userId, email: "x@y.test", name: "X" },
        ...{ linkedBy, linkedAt: sql`now()` },
      }),
    );
  const refused = { cause: { code: "CS402" } };

  test("lets nobody but the person, an admin or the operator say whose an identity is", async () => {
    const [one, other, admin] = [await somebody(), await somebody(), await somebody("admin")];
    await expect(insert(`user:${other.userId}`, one.userId)).rejects.toMatchObject(refused);
    await expect(insert("system:house", one.userId)).rejects.toMatchObject(refused);
    await expect(insert("stranger", one.userId)).rejects.toMatchObject(refused);
    await expect(insert(`user:${one.userId}`, one.userId, "command-line")).rejects.toMatchObject(refused);
    await insert(`user:${one.userId}`, one.userId);
    await insert(`user:${admin.userId}`, one.userId);
  });

  test("lets an identity be nobody else's, and nobody else", async () => {
    const [one, other] = [await linked(), await somebody()];
    const change = (what: ReturnType<typeof sql>) =>
      asSystem(sql`update identities set ${what} where subject = ${one.subject}`);
    await expect(change(sql`user_id = ${other.userId}`)).rejects.toMatchObject(refused);
    await expect(change(sql`subject = 'another'`)).rejects.toMatchObject(refused);
    await expect(
      asSystem(sql`insert into identities (issuer, subject, email, name)
        values (${provider.issuer}, ${one.subject}, 'x@y.test', 'X')`),
    ).rejects.toMatchObject({ cause: { code: "23505" } });
  });

  test("lets a challenge be answered once, while it holds, as it was asked", async () => {
    const { userId } = await somebody();
    const made = (hash: string, expires: ReturnType<typeof sql>) =>
      asSystem(sql`insert into challenges (token_hash, purpose, user_id, session_id, expires_at)
        values (${hash.padEnd(64, "0")}, 'link', ${userId}, 's', ${expires})`);
    const use = (hash: string, what = sql`used_at = now()`) =>
      asSystem(sql`update challenges set ${what} where token_hash = ${hash.padEnd(64, "0")}`);
    await made("a", sql`now() + interval '10 minutes'`);
    await expect(use("a", sql`user_id = 'another'`)).rejects.toMatchObject({ cause: { code: "42501" } });
    await use("a");
    await expect(use("a")).rejects.toMatchObject(refused);
    await made("b", sql`now() - interval '1 second'`);
    await expect(use("b")).rejects.toMatchObject(refused);
    await expect(made("c", sql`now() + interval '1 hour'`)).rejects.toMatchObject({
      cause: { code: "23514" },
    });
  });
});

describe("the test of it", () => {
  const says = async (config: object = {}) =>
    (await checkSignOn({ ...signOnConfig()!, ...config }, app.address)).map(
      ({ right, says }) => `${right ? "right" : "wrong"}: ${says}`,
    );

  test("finds nothing wrong where nothing is", async () => {
    const found = await says();
    expect(found).toHaveLength(5);
    expect(found.at(-1)).toBe(
      `right: Signing out here signs out there as well; it must be allowed to send people back to ${app.address}/sign-in.`,
    );
    expect(found.filter((one) => one.startsWith("wrong"))).toEqual([]);
  });

  const WRONG: readonly [string, object, Hostile, RegExp][] = [
    [
      "nobody answers",
      { issuer: "http://127.0.0.1:59871" },
      {},
      /cannot be reached \(ECONNREFUSED\).*SSO_ISSUER/,
    ],
    [
      "it is somebody else",
      {},
      { discovery: { issuer: "https://evil.example" } },
      /says that it is https:\/\/evil/,
    ],
    ["the secret is another", { clientSecret: "another" }, {}, /SSO_CLIENT_SECRET/],
    ["the client is another", { clientId: "another" }, {}, /does not know the client/],
    [
      "it takes no PKCE",
      {},
      { discovery: { code_challenge_methods_supported: ["plain"] } },
      /PKCE with S256/,
    ],
    ["it has no token endpoint", {}, { discovery: { token_endpoint: undefined } }, /token_endpoint/],
  ];
  test.each(WRONG)("says in plain words that %s", async (_, config, hostile, words) => {
    provider.hostile = hostile;
    const wrong = (await says(config)).filter((one) => one.startsWith("wrong"));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(words);
  });
});

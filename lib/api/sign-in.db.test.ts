// Long: everything about who gets in and stays in, over one database.
import { eq, sql } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { closeDatabases, database } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { asWritten, auditLog } from "@/db/schema/audit";
import { passwordLinks, passwordTries, sessions, users } from "@/db/schema/people";
import { testDatabase } from "@/db/test-database";
import { type Actor, actorOfUser, COMMAND_LINE } from "@/lib/auth/actor";
import { actorOfToken } from "@/lib/auth/session";
import { TRIES, TRIES_FROM_ONE_PLACE } from "@/lib/auth/tries";
import { changePassword } from "@/lib/commands/account/change-password";
import { endSessions } from "@/lib/commands/account/end-sessions";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { issueLink } from "@/lib/commands/account/issue-link";
import { signOutOf } from "@/lib/commands/account/sign-out";
import { trySignIn } from "@/lib/commands/account/try-sign-in";
import { createUser } from "@/lib/commands/company/create-user";
import { editUser } from "@/lib/commands/company/edit-user";
import { perform } from "@/lib/commands/door";
import { tokenOf, WHENCE } from "./session.fixture";
import { answerSetPassword } from "./set-password";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
const PASSWORD = "correct horse battery";
const NEXT = "another long password";
const operator = { actor: COMMAND_LINE };
let people = 0;

beforeAll(async () => {
  vi.stubEnv("DATABASE_URL", (await testDatabase()).url);
  vi.stubEnv("NEXTAUTH_SECRET", SECRET);
});
afterAll(async () => {
  await closeDatabases();
  vi.unstubAllEnvs();
});

/** Somebody new, with a password unless told otherwise. */
async function somebody({ role = "ae", password = PASSWORD as string | null } = {}) {
  const name = `Person ${String.fromCodePoint(65 + (++people % 26))}${people}`;
  const email = `p${people}@x.test`;
  const { userId } = (await perform(createUser, { name, email, role }, operator)).answer;
  if (password !== null) await setFirstPassword(database(), userId, password);
  return { userId, email };
}

const rowOf = async (userId: string) =>
  (await database().db.select().from(users).where(eq(users.id, userId)))[0]!;
const actorOf = async (userId: string): Promise<Actor> => actorOfUser(await rowOf(userId));
const asSystem = (statement: ReturnType<typeof sql>) =>
  guardedTransaction(database(), { actor: "system:test", request: "R" }, (tx) => tx.execute(statement));

const knock = (email: string, password = PASSWORD, whence: Partial<typeof WHENCE> & object = {}) =>
  trySignIn({ email, password, whence: { ...WHENCE, origin: `198.51.100.${++people % 250}`, ...whence } });
const entriesAbout = async (userId: string) =>
  (
    await database()
      .db.select(asWritten)
      .from(auditLog)
      .where(eq(auditLog.subjectId, userId))
      .orderBy(auditLog.id)
  ).map(({ action, actor, after }) => ({ action, actor, after }));

async function sessionAt(whence: Partial<{ browserId: string | null; origin: string }> = {}) {
  const who = await somebody();
  const tried = await trySignIn({ email: who.email, password: PASSWORD, whence: { ...WHENCE, ...whence } });
  if (tried.is !== "in") throw new Error(tried.is);
  const token = await encode({ token: { sub: who.userId, session: tried.session }, secret: SECRET });
  return { ...who, session: tried.session, token };
}

describe("a session", () => {
  test("begins with the right password, however the address is spelt, and brings the person", async () => {
    const { userId, email } = await somebody();
    const tried = await knock(` ${email.toUpperCase()} `);
    expect(tried).toMatchObject({ is: "in", userId });
    expect(await actorOfToken(await tokenOf(userId))).toMatchObject({
      userId,
      role: "ae",
      ownPassword: true,
    });
  });

  test("ends on the server with a sign-out, and no other with it", async () => {
    const { userId, token, session } = await sessionAt();
    const other = await tokenOf(userId);
    await signOutOf(userId, session);
    expect(await actorOfToken(token)).toBeNull();
    expect(await actorOfToken(other)).not.toBeNull();
    await signOutOf(userId, session);
  });

  // Each alone: a switch-off ends the sessions too, so either check could hide the other's absence.
  test("brings nobody once it has ended, though the person may still sign in", async () => {
    const { session, token } = await sessionAt();
    await asSystem(sql`update sessions set ended_at = now() where id = ${session}`);
    expect(await actorOfToken(token)).toBeNull();
  });
  test("brings nobody once the person is switched off, though it has not ended", async () => {
    const { userId, token, email } = await sessionAt();
    await asSystem(sql`update users set disabled_at = now() where id = ${userId}`);
    expect(await actorOfToken(token)).toBeNull();
    expect(await knock(email)).toEqual({ is: "refused" });
  });
  test("brings nobody when it was not used for twelve hours, or is thirty days old", async () => {
    const idle = await sessionAt();
    await asSystem(
      sql`update sessions set seen_at = now() - interval '12 hours 1 minute' where id = ${idle.session}`,
    );
    expect(await actorOfToken(idle.token)).toBeNull();
    const old = await sessionAt();
    await asSystem(
      sql`update sessions set created_at = now() - interval '30 days 1 minute' where id = ${old.session}`,
    );
    expect(await actorOfToken(old.token)).toBeNull();
  });
  test("in use stays in use", async () => {
    const { session, token } = await sessionAt();
    await asSystem(sql`update sessions set seen_at = now() - interval '11 hours' where id = ${session}`);
    expect(await actorOfToken(token)).not.toBeNull();
    await vi.waitFor(async () => {
      const [row] = await database().db.select().from(sessions).where(eq(sessions.id, session));
      expect(Date.now() - row!.seenAt.getTime()).toBeLessThan(60_000);
    });
  });

  test("signed with another secret, or naming somebody else's session, means nothing", async () => {
    const { session, userId } = await sessionAt();
    const forged = await encode({ token: { sub: userId, session }, secret: `${SECRET}x` });
    expect(await actorOfToken(forged)).toBeNull();
    const other = await somebody();
    expect(
      await actorOfToken(await encode({ token: { sub: other.userId, session }, secret: SECRET })),
    ).toBeNull();
  });

  test("ends when the role changes, and not when the name does", async () => {
    const { userId, token } = await sessionAt();
    await perform(editUser, { userId, changes: { name: "Another name" } }, operator);
    expect(await actorOfToken(token)).toMatchObject({ name: "Another name" });
    await perform(editUser, { userId, changes: { role: "auditor" } }, operator);
    expect(await actorOfToken(token)).toBeNull();
  });

  test("is one's own to end", async () => {
    const { session, token } = await sessionAt();
    const { userId } = await somebody();
    const stranger = perform(endSessions, { sessions: [session] }, { actor: await actorOf(userId) });
    await expect(stranger).rejects.toMatchObject({ code: "forbidden" });
    expect(await actorOfToken(token)).not.toBeNull();
  });
});

describe("tries", () => {
  test("with a wrong password end in waiting, and the right one waits too", async () => {
    const { userId, email } = await somebody();
    for (let tried = 0; tried < TRIES; tried++) expect(await knock(email, NEXT)).toEqual({ is: "refused" });
    expect(await knock(email)).toMatchObject({ is: "wait", seconds: expect.any(Number) });
    expect(await knock(email)).toMatchObject({ is: "wait" });
    const failed = (await entriesAbout(userId)).filter(({ action }) => action === "refuse-sign-in");
    expect(failed.map(({ after }) => (after as { why: string }).why)).toEqual([
      ...Array.from({ length: TRIES }, () => "wrong password"),
      "too many tries",
    ]);
    expect(new Set(failed.map(({ actor }) => actor))).toEqual(new Set(["stranger"]));
    await asSystem(sql`update password_tries set since = now() - interval '11 minutes'`);
    expect(await knock(email)).toMatchObject({ is: "in" });
    // What was counted before is forgotten with the right one.
    for (let tried = 0; tried < TRIES; tried++) expect(await knock(email, NEXT)).toEqual({ is: "refused" });
  });

  test("in a burst get no further than those one after another", async () => {
    const { email } = await somebody();
    const burst = await Promise.all(Array.from({ length: 20 }, () => knock(email, NEXT)));
    expect(burst.filter(({ is }) => is === "refused").length).toBe(TRIES);
    expect(await knock(email)).toMatchObject({ is: "wait" });
  });

  test("by strangers do not lock out who comes from a browser of theirs", async () => {
    const { email } = await somebody();
    const browserId = "own-browser-of-theirs";
    expect(await knock(email, PASSWORD, { browserId } as never)).toMatchObject({ is: "in" });
    for (let tried = 0; tried <= TRIES; tried++) await knock(email, NEXT);
    expect(await knock(email)).toMatchObject({ is: "wait" });
    expect(await knock(email, PASSWORD, { browserId } as never)).toMatchObject({ is: "in" });
    for (let tried = 0; tried < TRIES; tried++) await knock(email, NEXT, { browserId } as never);
    expect(await knock(email, PASSWORD, { browserId } as never)).toMatchObject({ is: "wait" });
  });

  test("from one place at many addresses end in waiting there, and nowhere else", async () => {
    const { email } = await somebody();
    const origin = "203.0.113.9";
    await asSystem(sql`
      insert into password_tries (key, tries) values (${`origin:${origin}`}, ${TRIES_FROM_ONE_PLACE})`);
    expect(await knock(email, PASSWORD, { origin })).toMatchObject({ is: "wait" });
    expect(await knock(email)).toMatchObject({ is: "in" });
  });

  test("at an address that nobody has are kept without it", async () => {
    expect(await knock("my secret password@x.test")).toEqual({ is: "refused" });
    const kept = await database().db.select().from(passwordTries);
    const logged = await database().db.select(asWritten).from(auditLog);
    expect(JSON.stringify([kept, logged])).not.toContain("my secret password");
    expect(await entriesAbout("unknown")).not.toEqual([]);
  });
});

const visit = (body: object, headers: Record<string, string> = {}) =>
  answerSetPassword(
    new Request("http://here.test/api/set-password", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "sec-fetch-site": "same-origin", "x-forwarded-for": "192.0.2.9", ...headers },
    }),
  );
const linkFor = async (userId: string, actor: Actor = COMMAND_LINE) =>
  (await perform(issueLink, { userId }, { actor })).answer.token;

describe("a link", () => {
  test("sets the password once, ends every session, and nothing of it is kept", async () => {
    const { userId, email } = await somebody({ password: null });
    expect(await knock(email)).toEqual({ is: "refused" });
    const session = await tokenOf(userId);
    const token = await linkFor(userId);
    expect(await (await visit({ token })).json()).toMatchObject({ email, set: false });
    const answer = await visit({ token, password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toMatch(/^countersign-browser=/);
    expect(await actorOfToken(session)).toBeNull();
    expect(await knock(email)).toMatchObject({ is: "in" });
    expect(await rowOf(userId)).toMatchObject({ passwordOwn: true, passwordSetAt: expect.any(Date) });
    expect((await visit({ token, password: NEXT })).status).toBe(404);
    expect((await visit({ token })).status).toBe(404);
    const { rows } = {
      rows: await database().db.execute(sql`select l::text as text from password_links l
      union all select a::text from audit_log a union all select k::text from idempotency_keys k`),
    };
    for (const { text } of rows as unknown as { text: string }[]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain("scrypt$");
    }
    expect((await entriesAbout(userId)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(["create-user", "issue-link", "set-password", "sign-in"]),
    );
  });

  test("dies with the next one, after a day, and with the person's access", async () => {
    const { userId } = await somebody({ password: null });
    const first = await linkFor(userId);
    const second = await linkFor(userId);
    expect((await visit({ token: first })).status).toBe(404);
    expect((await visit({ token: first, password: PASSWORD })).status).not.toBe(200);
    expect((await visit({ token: second })).status).toBe(200);
    const [link] = await database()
      .db.select()
      .from(passwordLinks)
      .where(eq(passwordLinks.userId, userId))
      .limit(1);
    const hours = (link!.expiresAt.getTime() - link!.issuedAt.getTime()) / 3_600_000;
    expect(hours).toBe(24);
    await asSystem(sql`update users set disabled_at = now() where id = ${userId}`);
    expect((await visit({ token: second, password: PASSWORD })).status).not.toBe(200);
  });

  test("that is a day old does nothing", async () => {
    const { userId } = await somebody({ password: null });
    const old = sql`insert into password_links (id, user_id, token_hash, issued_by, issued_at, expires_at)
      values (${`L-${userId}`}, ${userId}, encode(sha256(convert_to(${`old ${userId}`}, 'UTF8')), 'hex'),
        'command-line', now() - interval '25 hours', now() - interval '1 hour')`;
    await asSystem(old);
    expect((await visit({ token: `old ${userId}`, password: PASSWORD })).status).toBe(404);
    expect((await rowOf(userId)).passwordHash).toBeNull();
  });

  test.each([
    ["short", "short-pw"],
    ["one character", "aaaaaaaaaaaaaa"],
  ])("refuses a password that is %s, and does not repeat it", async (_, password) => {
    const { userId } = await somebody({ password: null });
    const answer = await visit({ token: await linkFor(userId), password });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ field: "password", value: null });
    expect(text).not.toContain(password);
    for (const odd of [{ token: 1, password }, { token: "x", password, more: password }, [password]])
      expect(await (await visit(odd)).text()).not.toContain(password);
  });

  test("works from this application's own pages, and takes no more than a small body", async () => {
    expect((await visit({ token: "x" }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await visit({ token: "x".repeat(50_000) })).status).toBe(400);
  });

  test("that is used in an admin's browser makes a password that counts for no signature", async () => {
    const admin = await somebody({ role: "admin" });
    const browserId = "the-browser-of-the-admin";
    await knock(admin.email, PASSWORD, { browserId } as never);
    const { userId } = await somebody({ password: null, role: "cro" });
    const cookie = { cookie: `countersign-browser=${browserId}` };
    expect((await visit({ token: await linkFor(userId), password: PASSWORD }, cookie)).status).toBe(200);
    expect(await rowOf(userId)).toMatchObject({ passwordOwn: false });
    expect((await actorOf(userId)).ownPassword).toBe(false);
  });

  test("is not made by a person of the demo for somebody real", async () => {
    const real = await somebody();
    const demo: Actor = { ...COMMAND_LINE, id: "user:leo", userId: "leo", demo: true };
    await expect(linkFor(real.userId, demo)).rejects.toMatchObject({ code: "forbidden" });
    const edit = { userId: real.userId, changes: { role: "admin" } };
    await expect(perform(editUser, edit, { actor: demo })).rejects.toMatchObject({ code: "forbidden" });
    const made = await perform(
      createUser,
      { name: "Of the story", email: "story@x.test", role: "cro" },
      { actor: demo },
    );
    expect(await rowOf(made.answer.userId)).toMatchObject({ demo: true });
  });
});

describe("changing one's password", () => {
  test("asks for the one before, ends the other sessions, and the old one opens nothing any more", async () => {
    const { userId, email, token, session } = await sessionAt();
    const other = await tokenOf(userId);
    const actor = { ...(await actorOf(userId)), sessionId: session };
    const change = (password: string, newPassword: string) =>
      perform(changePassword, { password, newPassword }, { actor, idempotencyKey: "k" });
    await expect(change(NEXT, "yet another long one")).rejects.toMatchObject({
      field: "password",
      value: null,
    });
    await expect(change(PASSWORD, "aaaaaaaaaaaa")).rejects.toMatchObject({
      field: "newPassword",
      value: null,
    });
    await expect(change(PASSWORD, PASSWORD)).rejects.toMatchObject({ field: "newPassword" });
    await change(PASSWORD, NEXT);
    expect(await actorOfToken(token)).not.toBeNull();
    expect(await actorOfToken(other)).toBeNull();
    expect(await knock(email)).toEqual({ is: "refused" });
    expect(await knock(email, NEXT)).toMatchObject({ is: "in" });
    const kept = await database().db.execute(sql`select count(*)::int as n from idempotency_keys`);
    expect(kept[0]).toEqual({ n: 0 });
  });

  test("cannot be guessed at over a session that was left open", async () => {
    const { userId } = await somebody();
    const actor = await actorOf(userId);
    const change = (password: string) =>
      perform(changePassword, { password, newPassword: "yet another long one" }, { actor });
    const burst = await Promise.allSettled(Array.from({ length: TRIES + 4 }, () => change(NEXT)));
    const rules = burst.map((one) => (one.status === "rejected" ? String(one.reason.rule) : "changed"));
    expect(rules.filter((rule) => rule.includes("not yours")).length).toBe(TRIES);
    await expect(change(PASSWORD)).rejects.toMatchObject({ rule: expect.stringContaining("wait") });
  });
});

describe("the last admin", () => {
  const takeAway = [
    ["switched off", { disabled: true }],
    ["demoted", { role: "ae" }],
  ] as const;
  const admins = () =>
    database().db.execute<{ id: string }>(
      sql`select id from users where role = 'admin' and disabled_at is null order by id`,
    );
  async function leave(wanted: number): Promise<string[]> {
    const there = (await admins()).map(({ id }) => id);
    while (there.length < wanted) there.push((await somebody({ role: "admin" })).userId);
    for (const userId of there.splice(wanted))
      await perform(editUser, { userId, changes: { role: "ae" } }, operator);
    return there;
  }

  test.each(takeAway)("is not %s, whoever asks, and the words say why", async (_, changes) => {
    const [userId] = await leave(1);
    await expect(perform(editUser, { userId, changes }, operator)).rejects.toMatchObject({
      rule: expect.stringContaining("is the last admin"),
    });
    expect(await admins()).toHaveLength(1);
  });

  test("is not taken away by two who race for it, nor removed", async () => {
    for (let race = 0; race < 5; race++) {
      const two = await leave(2);
      const both = await Promise.allSettled(
        two.map((userId) => asSystem(sql`update users set disabled_at = now() where id = ${userId}`)),
      );
      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await admins()).toHaveLength(1);
    }
    const [last] = await admins();
    await expect(asSystem(sql`delete from users where id = ${last!.id}`)).rejects.toMatchObject({
      cause: { code: "CS401" },
    });
  });

  test("is not taken away by two admins who switch each other off", async () => {
    const [one, two] = await leave(2);
    const off = async (by: string, userId: string) =>
      perform(editUser, { userId, changes: { disabled: true } }, { actor: await actorOf(by) });
    const both = await Promise.allSettled([off(one!, two!), off(two!, one!)]);
    expect(both.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
    expect((await admins()).length).toBeGreaterThanOrEqual(1);
  });

  test("nobody takes their own access away", async () => {
    const [one] = await leave(2);
    const self = perform(
      editUser,
      { userId: one, changes: { disabled: true } },
      { actor: await actorOf(one!) },
    );
    await expect(self).rejects.toMatchObject({ rule: expect.stringContaining("their own access") });
  });
});

test("what is real does not become part of the story", async () => {
  const { userId } = await somebody();
  await expect(asSystem(sql`update users set demo = true where id = ${userId}`)).rejects.toMatchObject({
    cause: { code: "CS403" },
  });
  await asSystem(sql`insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
    values ('D-real', 'Ann', 100, 'USD', 'new', 'direct', '2026-01-01', 'open')`);
  await expect(asSystem(sql`update deals set demo = true where id = 'D-real'`)).rejects.toMatchObject({
    cause: { code: "CS403" },
  });
});

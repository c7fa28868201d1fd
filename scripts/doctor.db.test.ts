import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/test-database";
import { lookAtDatabase } from "./doctor/database";
import type { Finding } from "./doctor/finding";
import { lookHere } from "./doctor/here";
import { noteBackup } from "./last-backup";
import { runCommandIn } from "./run-command.fixture";

let url: string;
let owner: postgres.Sql;
let folder: string;
beforeAll(async () => {
  ({ url } = await testDatabase());
  owner = postgres(url, { max: 1, onnotice: () => {} });
  folder = mkdtempSync(join(tmpdir(), "countersign-doctor-"));
  vi.stubEnv("DATA_DIR", folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await owner.end();
});

const env = (more: Record<string, string> = {}) =>
  ({ DATABASE_URL: url, ...more }) as unknown as NodeJS.ProcessEnv;
const of = (found: readonly Finding[], what: string) => found.find((one) => one.what === what);
const wrongs = (found: readonly Finding[]) =>
  found.filter(({ state }) => state === "wrong").map(({ what }) => what);

describe("the database", () => {
  test("of a fresh installation has what is to mind, and nothing wrong but that tests need not wait for the disk", async () => {
    const found = await lookAtDatabase(env());
    expect(wrongs(found)).toEqual(["durability"]);
    expect(of(found, "admins")).toMatchObject({ state: "mind" });
    expect(of(found, "jobs")).toMatchObject({ state: "mind" });
    expect(found.every(({ state, todo }) => (state === "well") === (todo === undefined))).toBe(true);
  });

  /** Something that is wrong, put right again after a look. */
  test.each([
    [
      "rights",
      "a guard switched off",
      "alter table audit_log disable trigger b_append_only",
      "alter table audit_log enable always trigger b_append_only",
    ],
    [
      "rights",
      "an app that owns a table",
      "create table mine (); alter table mine owner to countersign_app",
      "drop table mine",
    ],
    [
      "tables",
      "a later version",
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)",
      "delete from drizzle.__drizzle_migrations where hash = 'later'",
    ],
    [
      "job forget-keys",
      "a job that failed",
      `insert into pgboss.job (name, state, output, completed_on) values ('forget-keys', 'failed', '{"message":"no room"}', now())`,
      "delete from pgboss.job where name = 'forget-keys'",
    ],
  ])("%s: finds %s", async (what, _, break_, mend) => {
    await owner.unsafe(break_);
    try {
      expect(wrongs(await lookAtDatabase(env()))).toContain(what);
    } finally {
      await owner.unsafe(mend);
    }
    expect(wrongs(await lookAtDatabase(env()))).not.toContain(what);
  });

  test("finds a log that was found not whole", async () => {
    await owner.begin(async (sql) => {
      await sql`select set_config('countersign.actor', 'system:test', true), set_config('countersign.request', 'R', true)`;
      await sql`insert into audit_checks (at, verdict) values ('2026-05-20', '{"ok": false, "fault": "leaf"}')`;
    });
    expect(of(await lookAtDatabase(env()), "audit log")).toMatchObject({
      state: "wrong",
      says: expect.stringContaining("leaf"),
    });
  });

  test("that is not there is said to be, and one that cannot be signed in to by the app's login", async () => {
    const gone = new URL(url);
    gone.port = "1";
    expect(await lookAtDatabase(env({ DATABASE_URL: gone.href }))).toEqual([
      expect.objectContaining({
        what: "database",
        state: "wrong",
        says: expect.stringContaining("ECONNREFUSED"),
      }),
    ]);
    const nobody = new URL(url);
    nobody.username = "nobody_at_all";
    expect(of(await lookAtDatabase(env({ DATABASE_APP_URL: nobody.href })), "login")).toMatchObject({
      state: "wrong",
    });
    expect(of(await lookAtDatabase(env({ DATABASE_APP_URL: url })), "login")).toMatchObject({
      state: "wrong",
      says: expect.stringContaining("who owns the database"),
    });
    expect(of(await lookAtDatabase(env({ DATABASE_READ_URL: url })), "replica")).toMatchObject({
      state: "wrong",
    });
  });
});

describe("this machine", () => {
  const here = (more: Record<string, string> = {}) => lookHere(more as unknown as NodeJS.ProcessEnv);
  afterEach(() => rmSync(join(folder, "keys.json"), { force: true }));

  test("secrets that others can read, a variable that is none, a mail server that is not there", async () => {
    writeFileSync(join(folder, "keys.json"), "{}");
    chmodSync(join(folder, "keys.json"), 0o644);
    const found = await here({ PORT: "http", SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "a@b.example" });
    expect(wrongs(found)).toEqual(["environment", "secrets", "mail"]);
    chmodSync(join(folder, "keys.json"), 0o600);
    expect(wrongs(await here())).toEqual([]);
  });

  test("a backup that is old, and a door that is open to others without TLS, are to mind", async () => {
    expect(of(await here(), "backup")).toMatchObject({
      state: "mind",
      says: expect.stringContaining("none"),
    });
    noteBackup({ at: "2020-01-01T00:00:00Z", folder: "/kept" });
    expect(of(await here(), "backup")).toMatchObject({
      state: "mind",
      says: expect.stringContaining("2020"),
    });
    noteBackup({ at: new Date(Date.now()).toISOString(), folder: "/kept" });
    expect(of(await here(), "backup")).toMatchObject({ state: "well" });
    expect(of(await here({ HOST: "0.0.0.0" }), "exposure")).toMatchObject({ state: "mind" });
    expect(of(await here({ HOST: "0.0.0.0", NEXTAUTH_URL: "https://c.example" }), "exposure")).toMatchObject({
      state: "well",
    });
  });
});

test("the command says it a line each, and ends with 1 when something is wrong", async () => {
  const said = await runCommandIn({ DATABASE_URL: url }, "doctor");
  expect(said.status).toBe(1);
  expect(said.out).toMatch(/^ok {5}node/m);
  expect(said.out).toMatch(/^WRONG {2}durability .*\n +-> switch them on/m);
  const { out } = await runCommandIn({ DATABASE_URL: url }, "doctor", "--json");
  expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ what: "postgres", state: "well" }));
  expect(await runCommandIn({}, "doctor", "--loud")).toMatchObject({ status: 2 });
});

import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, connect } from "../connection/client";
import { guardedTransaction } from "../connection/transaction";
import { testDatabase } from "../test-database";
import { APP_LOGIN, appLogin, ownLogin } from "./app-login";

let login: string;
let url: string;
let client: Client;
let session: postgres.Sql;

beforeAll(async () => {
  ({ url } = await testDatabase());
  login = await appLogin(url);
  client = connect(login, { max: 2 });
  session = postgres(login, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await client.close();
  await session.end();
});

test("reads and writes as the app does, and every start comes to the same address", async () => {
  await guardedTransaction(client, { actor: "system:test", request: "R-1" }, (tx) =>
    tx.execute(sql`insert into partners (id, name, kind) values ('P-1', 'One', 'agency')`),
  );
  const [row] = await client.db.execute(sql`select name, current_user as role from partners`);
  expect(row).toEqual({ name: "One", role: "countersign_app" });
  expect(await appLogin(url)).toBe(login);
  expect(decodeURIComponent(new URL(login).password)).not.toBe(decodeURIComponent(new URL(url).password));
});

test("comes to nothing more when the role is laid down inside a transaction of the app", async () => {
  const laidDown = guardedTransaction(client, { actor: "system:test", request: "R-2" }, async (tx) => {
    await tx.execute(sql`reset role`);
    const [who] = await tx.execute(sql`select current_user as role`);
    expect(who).toEqual({ role: APP_LOGIN });
    await tx.execute(sql`alter table audit_log disable trigger b_append_only`);
  });
  await expect(laidDown).rejects.toMatchObject({ cause: { code: "42501" } });
});

test.each([
  [
    "owns nothing",
    "select 1 / (select count(*)::int from pg_class c join pg_roles r on r.oid = c.relowner where rolname = current_user)",
    "22012",
  ],
  ["reads nothing by itself", "select from deals", "42501"],
  ["switches no guard off", "alter table audit_log disable trigger all", "42501"],
  ["plays no replica", "set session_replication_role = replica", "42501"],
  ["makes no role", "create role mine", "42501"],
  ["takes on no other role", "set role postgres", "42501"],
])("%s", async (_, statement, code) => {
  await expect(session.unsafe(statement)).rejects.toMatchObject({ code });
});

describe("in a Postgres of one's own", () => {
  let admin: postgres.Sql;
  const as = (role: string) => {
    const own = new URL(url);
    own.username = role;
    own.password = "a password";
    return own.href;
  };
  beforeAll(async () => {
    admin = postgres(url, { max: 1, onnotice: () => {} });
    await admin.unsafe(`
      create role maker login createrole password 'a password'; create role keeper login password 'a password';
      create role stranger login createrole password 'a password';
      grant countersign_app to maker with admin option; grant countersign_app to keeper`);
  });
  afterAll(async () => {
    await admin.end();
  });

  test("an owner that may make roles makes the app one of its database's own, the same at every start", async () => {
    const made = await ownLogin(as("maker"));
    expect(made).toEqual({ url: expect.stringContaining(`${APP_LOGIN}_`) });
    expect(await ownLogin(as("maker"))).toEqual(made);
    const own = postgres((made as { url: string }).url, { max: 1 });
    const [who] =
      await own`select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as strong
      from pg_roles where rolname = current_user`;
    await own.end();
    expect(who).toEqual({ strong: false });
  });

  test("where it may make none, or has no password to make one of, it is said why", async () => {
    expect(await ownLogin(as("keeper"))).toEqual({ why: "it may make no roles" });
    const bare = new URL(url);
    bare.password = "";
    expect(await ownLogin(bare.href)).toEqual({ why: expect.stringContaining("no password") });
    expect(await ownLogin(as("stranger"))).toEqual({
      why: expect.stringMatching(/permission denied|admin option/i),
    });
  });
});

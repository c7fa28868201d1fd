import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, connect } from "../connection/client";
import { guardedTransaction } from "../connection/transaction";
import { testDatabase } from "../test-database";
import { APP_LOGIN, appLogin } from "./app-login";

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

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { forgetSignIns } from "./forget-sign-ins";

let client: Client;
beforeAll(async () => {
  client = connect((await testDatabase()).url, { max: 2 });
});
afterAll(() => client.close());

test("tries are forgotten after a day and sessions after ninety, and no sooner", async () => {
  await guardedTransaction(client, { actor: "system:test", request: "scene" }, async (tx) => {
    await tx.execute(sql`insert into users (id, email, name, role) values ('U-1', 'u@x.test', 'Una', 'ae')`);
    await tx.execute(sql`insert into password_tries (key, tries, since) values
      ('old', 8, now() - interval '25 hours'), ('young', 8, now() - interval '23 hours')`);
    await tx.execute(sql`insert into key_turns (key, used, until) values
      ('old', 9, now() - interval '25 hours'), ('young', 9, now() - interval '23 hours')`);
    await tx.execute(sql`insert into sessions (id, user_id, browser, origin, created_at) values
      ('old', 'U-1', 'Firefox', '::1', now() - interval '91 days'),
      ('young', 'U-1', 'Firefox', '::1', now() - interval '89 days')`);
  });
  await forgetSignIns.work(client, "2026-05-20", () => new Date());
  expect([
    ...(await client.db.execute(sql`select key as id from password_tries union all select id from sessions
      union all select key from key_turns`)),
  ]).toEqual([{ id: "young" }, { id: "young" }, { id: "young" }]);
});

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { elected } from "@/db/connection/elected";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { forgetKeys } from "./forget-keys";

let client: Client;
beforeAll(async () => {
  client = connect((await testDatabase()).url, { max: 3 });
});
afterAll(() => client.close());

const WHO = { actor: "system:test", request: "scene" };
const keys = async () => {
  const rows = await client.db.execute<{ key: string }>(sql`select key from idempotency_keys order by key`);
  return [...rows].map(({ key }) => key);
};

test("keys are forgotten after a week, however many, by one process at a time", async () => {
  await guardedTransaction(client, WHO, async (tx) => {
    await tx.execute(sql`
      insert into idempotency_keys (key, action, input_hash, answer, created_at)
      select 'old ' || n, 'log-activity', repeat('0', 64), '{}', now() - interval '7 days 1 minute'
      from generate_series(1, 12000) n`);
    await tx.execute(sql`
      insert into idempotency_keys (key, action, input_hash, answer, created_at)
      values ('young', 'log-activity', repeat('0', 64), '{}', now() - interval '6 days 23 hours')`);
  });
  await guardedTransaction(client, WHO, async (tx) => {
    expect(await elected(tx, "forget-keys")).toBe(true);
    await forgetKeys.work(client, "2026-05-20", () => new Date());
    expect(await keys()).toHaveLength(12_001);
  });
  await forgetKeys.work(client, "2026-05-20", () => new Date());
  expect(await keys()).toEqual(["young"]);
});

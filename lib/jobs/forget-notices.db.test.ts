import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { forgetNotices } from "./forget-notices";
import { outbox } from "./notices.fixture";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

test("what was told is forgotten after half a year, what waits is not", async () => {
  const put = (id: string, state: string, age: string) => sql`
    insert into notices (id, kind, to_id, request, about, state, sent_at, created_at)
    values (${id}, 'freeze_prepared', 'ana', 'scene', '{}'::jsonb, ${state}::notice_state,
      case when ${state} = 'sent' then now() end, now() - ${age}::interval)`;
  await guardedTransaction(company.client, { actor: "system:test", request: "scene" }, async (tx) => {
    for (const state of ["sent", "unwanted", "no_way", "failed", "waiting"]) {
      await tx.execute(put(`old ${state}`, state, "180 days 1 minute"));
      await tx.execute(put(`young ${state}`, state, "179 days 23 hours"));
    }
    await tx.execute(sql`
      insert into notices (id, kind, to_id, request, about, state, created_at)
      select 'many ' || n, 'freeze_prepared', 'ana', 'scene', '{}', 'unwanted', now() - interval '1 year'
      from generate_series(1, 6000) n`);
  });
  await forgetNotices.work(company.client, "2026-05-20", () => new Date());
  expect((await outbox(company)).map(({ id }) => id).sort()).toEqual([
    "old waiting",
    ...["young failed", "young no_way", "young sent", "young unwanted", "young waiting"],
  ]);
});

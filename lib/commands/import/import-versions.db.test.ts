import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import type { Kind } from "@/lib/interchange/kinds";
import { perform } from "../door";
import { importBatch } from "./import-batch";

const TODAY = "2026-06-30";
let client: Client;
let url: string;

beforeAll(async () => {
  ({ url } = await testDatabase());
  client = connect(url, { max: 2 });
});
afterAll(() => client.close());

const land = (kind: Kind, ...rows: Record<string, string>[]) =>
  perform(
    importBatch,
    { kind, rows: rows.map((values, at) => ({ line: at + 2, values })) },
    { actor: COMMAND_LINE, client, today: TODAY },
  );

const deal = (id: string, amount = "100.00") => ({
  ...{ id, account: "Acme", owner: "Ann", amount, currency: "USD", type: "new", route: "direct" },
  ...{ created_on: "2026-01-10", outcome: "open" },
});

async function stands(id: string) {
  const [row] = await client.db.execute<{ version: number; judged: boolean; amount: number }>(sql`
    select version, amount::int as amount, exists (select from judged_deals where deal_id = d.id) as judged
    from deals d where id = ${id}`);
  return row;
}

test("a deal's version begins with the file that enters it, and rises with each that changes it or a fact of it", async () => {
  await land("deals", deal("D-1"), deal("D-2"));
  expect(await stands("D-1")).toEqual({ version: 1, amount: 10_000, judged: true });
  await land("deals", deal("D-1", "200.00"), deal("D-2"));
  expect(await stands("D-1")).toEqual({ version: 2, amount: 20_000, judged: true });
  expect(await stands("D-2")).toEqual({ version: 1, amount: 10_000, judged: true });
  await land("stage_history", { deal_id: "D-2", stage: "1", entered_on: "2026-02-01" });
  expect((await stands("D-2"))?.version).toBe(2);
});

test("a deal that somebody enters at the same moment is changed by the file, and its version rises", async () => {
  const other = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const landed = await other.begin(async (tx) => {
      await tx`select set_config(name, 'system:test', true)
        from unnest(array['countersign.actor', 'countersign.request']) name`;
      await tx`insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
        values ('D-3', 'Bea', 500, 'USD', 'new', 'direct', '2026-01-10', 'open')`;
      const landing = land("deals", deal("D-3"));
      for (let waits = false; !waits; await pause(20)) {
        const [row] = await client.db.execute<{ waits: boolean }>(sql`
          select exists (select from pg_locks w join pg_locks l on l.pid = w.pid
            join pg_database d on d.oid = l.database and d.datname = current_database()
            where not w.granted) as waits`);
        waits = row!.waits;
      }
      return { landing };
    });
    await landed.landing;
    expect(await stands("D-3")).toEqual({ version: 2, amount: 10_000, judged: true });
  } finally {
    await other.end();
  }
});

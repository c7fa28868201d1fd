import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { PRESETS } from "@/lib/attribution/policy";
import { judgeAll } from "./judge-all";
import { draftBook } from "./policy-book";
import { checkProjections } from "./rebuild";

const TODAY = "2025-06-01";
const DEALS = 240;
const BATCH = 60;
/** In the third batch of four. */
const PLANTED = "D-150";
const QUICK = [20, 20, 20, 20, 20, 20, 20, 20];
let client: Client;
let owner: postgres.Sql;

beforeEach(async () => {
  const { url } = await testDatabase();
  client = connect(url, { max: 3 });
  owner = postgres(url, { max: 1, onnotice: () => {} });
  await guardedTransaction(client, { actor: "system:test", request: "R-1" }, async (tx) => {
    await tx.execute(sql`insert into partners (id, name, kind) values ('P-1', 'Northgate', 'integrator')`);
    await tx.execute(sql`
      insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome)
      select 'D-' || lpad(n::text, 3, '0'), 'Ann', 987654321 * n::bigint + n, 'USD', 'new', 'direct', '2025-01-01',
        case when n % 2 = 0 then date '2025-03-01' + n % 30 end,
        (case when n % 2 = 0 then 'won' else 'open' end)::deal_outcome
      from generate_series(1, ${DEALS}::integer) n`);
    await tx.execute(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || id, id, 'P-1', 'joint_demo', 4, '2025-02-01', '2025-02-01', 'note:x', 'direct'
      from deals where right(id, 1) in ('0', '2', '5')`);
  });
});
afterEach(async () => {
  await owner.end();
  await client.close();
});

/** Has the first writes of one deal's projection fail as they would on a machine that has too much to do. */
async function plant(errcode: string, times: number): Promise<void> {
  await owner.unsafe(`
    create sequence planted;
    create function plant() returns trigger language plpgsql security definer as $$ begin
      if new.deal_id = '${PLANTED}' and nextval('planted') <= ${times} then
        raise exception 'planted' using errcode = '${errcode}';
      end if;
      return new;
    end $$;
    create trigger plant before insert or update on judged_deals for each row execute function plant()`);
}

async function judge(deadlineMs = 5_000): Promise<number[]> {
  const told: number[] = [];
  await judgeAll(client, TODAY, {
    ...{ batchSize: BATCH, deadlineMs, pausesMs: QUICK },
    onProgress: ({ judged }) => told.push(judged),
  });
  return told;
}

async function expectAllOnce(): Promise<void> {
  const [row] = await client.db.execute<{ deals: number }>(
    sql`select count(*)::integer as deals from judged_deals`,
  );
  expect(row?.deals).toBe(DEALS);
  // The tallies as well, whose squares are beyond what a double holds: what was counted twice would stand there.
  expect(await checkProjections(client, TODAY)).toBeNull();
}

describe("a batch of a long judging", () => {
  it("is begun anew where the server gave up its statements, and counts once", async () => {
    await plant("57014", 3);
    expect(await judge()).toEqual([60, 120, 180, 240]);
    await expectAllOnce();
  });

  it("is begun anew where it missed its deadline, and counts once", async () => {
    const held = await owner.reserve();
    await held`begin`;
    await held`select from deals where id = ${PLANTED} for update`;
    setTimeout(() => void held`commit`.then(() => held.release()), 2_500);
    expect(await judge(1_500)).toEqual([60, 120, 180, 240]);
    await expectAllOnce();
  });

  it("ends it at once where another try would say the same, and what stands is gone on with", async () => {
    await plant("23514", 1);
    const told: string[] = [];
    const options = { batchSize: BATCH, pausesMs: QUICK, policies: draftBook(PRESETS.two_bucket) };
    const failed = judgeAll(client, TODAY, { ...options, onProgress: ({ lastId }) => told.push(lastId) });
    await expect(failed).rejects.toMatchObject({ cause: { message: "planted" } });
    expect(told).toEqual(["D-060", "D-120"]);
    expect(await judgeAll(client, TODAY, { ...options, after: told.at(-1) })).toBe(DEALS - 120);
    await expectAllOnce();
  });
});

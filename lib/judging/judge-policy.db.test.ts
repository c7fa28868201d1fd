import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { canonicalJson } from "@/lib/attribution/canonical";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { addDays } from "@/lib/calendar";
import { companyDay } from "@/lib/company-day";
import { judgeDeals, judgeStale } from "./judge";
import { judgeAll } from "./judge-all";
import { judgeNewPolicy, openJudgingRun } from "./judge-policy";
import { checkProjections } from "./rebuild";

/** The guards know what day it is, so policies come into force on the server's days. */
const TODAY = companyDay(Date.now(), "UTC");
const DEALS = 400;
/** A first agreement that reaches all that ever closed here. */
const REACHING: Policy = { ...PRESETS.triple_tier, reachesBackTo: addDays(TODAY, -300) };
let url: string;
let client: Client;

const write = <T>(work: (tx: Tx) => Promise<T>, actor = "system:test") =>
  guardedTransaction(client, { actor, request: "R-1", retry: true }, work);

beforeEach(async () => {
  url = (await testDatabase()).url;
  client = connect(url, { max: 4 });
  await write(async (tx) => {
    await tx.execute(sql`insert into users (id, email, name, role, password_hash, password_own) values
      ('carl', 'carl@x.example', 'Carl', 'cro', 'x', true), ('fay', 'fay@x.example', 'Fay', 'finance', 'x', true),
      ('hope', 'hope@x.example', 'Hope', 'head_of_partnerships', 'x', true)`);
    await tx.execute(sql`insert into partners (id, name, kind) values ('P-1', 'Northgate', 'integrator')`);
    // Every third deal is closed; every second has late, direct help: nothing in two buckets, co-sell in triple tier.
    await tx.execute(sql`
      insert into deals (id, owner, amount, currency, type, route, created_on, closed_on, outcome)
      select 'D-' || lpad(n::text, 4, '0'), 'Ann', 100000, 'USD', 'new', 'direct', ${TODAY}::date - 200,
        case when n % 3 = 0 then ${TODAY}::date - 20 end, (case when n % 3 = 0 then 'won' else 'open' end)::deal_outcome
      from generate_series(1, ${DEALS}::integer) n`);
    await tx.execute(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || d.id || k, d.id, 'P-1', 'joint_demo', 4, ${TODAY}::date - 90, ${TODAY}::date - 90, 'note:x', 'direct'
      from deals d, generate_series(1, 2) k where right(d.id, 1) in ('0', '2', '4', '6', '8')`);
  });
  await judgeAll(client, TODAY);
});
afterEach(() => client.close());

let made = 0;
/** Three people sign a policy, in force from a day; the former ends the day before. */
async function signed(policy: Policy, from = TODAY): Promise<string> {
  const id = `M-${++made}`;
  const canonical = canonicalJson(policy);
  const hash = createHash("sha256").update(canonical).digest("hex");
  await write((tx) =>
    tx.execute(sql`insert into policies (id, title, document, proposed_at, canonical, hash, active_from)
      values (${id}, ${id}, ${canonical}::jsonb, now(), ${canonical}, ${hash}, ${from})`),
  );
  for (const [seat, person] of [
    ["cro", "carl"],
    ["finance", "fay"],
    ["head_of_partnerships", "hope"],
  ]) {
    const signature = sql`insert into signatures (policy_id, seat, user_id, name, hash)
      values (${id}, ${seat}::seat, ${person}, '', ${hash})`;
    await write((tx) => tx.execute(signature), `user:${person}`);
  }
  await write(async (tx) => {
    await tx.execute(sql`update policies set period = daterange(lower(period), ${from}::date)
      where upper_inf(period) and lower(period) < ${from}::date`);
    await tx.execute(sql`update policies set period = daterange(${from}::date, null) where id = ${id}`);
    await openJudgingRun(tx, id);
  });
  return id;
}

/** All that judging keeps, without the witness of when it was done. */
async function projection() {
  const deals = await client.db.execute(sql`
    select deal_id, outcome, disputed, gray::text, policy_hash, stale_on::text, cohort, cohort_on::text, cycle_days
    from judged_deals order by deal_id`);
  const partners = await client.db.execute(sql`
    select deal_id, partner_id, outcome, disputed, credit::text, rule from partner_outcomes order by 1, 2`);
  return { deals: [...deals], partners: [...partners] };
}

/** What is stored equals what judging everything from nothing makes of it. */
async function expectRebuild(today: string) {
  const live = await projection();
  await write((tx) => tx.execute(sql`delete from judged_deals`));
  await judgeAll(client, today);
  expect(live).toEqual(await projection());
}

const movesOf = async (policyId: string) => [
  ...(await client.db.execute(sql`
    select from_outcome::text as "from", to_outcome::text as "to", count(*)::integer as deals
    from judging_moves where policy_id = ${policyId} group by 1, 2 order by 1, 2`)),
];
const runOf = async (policyId: string) => {
  const [run] = await client.db.execute<{ judged: number; total: number; done: boolean }>(sql`
    select judged, total, finished_at is not null as done from judging_runs where policy_id = ${policyId}`);
  return run;
};

describe("judging under a new policy", () => {
  it("costs nothing while nothing came into force", async () => {
    expect(await judgeNewPolicy(client, TODAY)).toBe(0);
    expect([...(await client.db.execute(sql`select from judging_runs`))]).toEqual([]);
  });

  it("after the first agreement judges every deal that it reaches, in batches, and tells what moved", async () => {
    const id = await signed(REACHING);
    const told: number[] = [];
    const judged = await judgeNewPolicy(client, TODAY, {
      batchSize: 150,
      onProgress: ({ judged, total }) => told.push(judged, total),
    });
    expect(judged).toBe(DEALS);
    expect(told).toEqual([150, DEALS, 300, DEALS, DEALS, DEALS]);
    expect(await movesOf(id)).toEqual([{ from: "none", to: "co_sell", deals: DEALS / 2 }]);
    expect(await runOf(id)).toEqual({ judged: DEALS, total: DEALS, done: true });
    expect(await judgeNewPolicy(client, TODAY)).toBe(0);
    await expectRebuild(TODAY);
  });

  it("after the first agreement leaves what closed before its reach to the preset", async () => {
    const id = await signed({ ...PRESETS.triple_tier, reachesBackTo: addDays(TODAY, -19) });
    const open = DEALS - Math.floor(DEALS / 3);
    expect(await judgeNewPolicy(client, TODAY)).toBe(open);
    expect(await runOf(id)).toMatchObject({ total: open, done: true });
    await expectRebuild(TODAY);
  });

  it("signed for a day to come changes nothing until that day, and judges what it reaches then", async () => {
    const before = await projection();
    const begins = addDays(TODAY, 30);
    const id = await signed(REACHING, begins);
    for (const day of [TODAY, addDays(begins, -1)]) {
      expect(await judgeNewPolicy(client, day)).toBe(0);
      await judgeStale(client, day);
    }
    expect(await movesOf(id)).toEqual([]);
    expect((await projection()).deals.map((deal) => deal.policy_hash)).toEqual(
      before.deals.map((deal) => deal.policy_hash),
    );
    await expectRebuild(addDays(begins, -1));
    await judgeNewPolicy(client, begins);
    expect(await runOf(id)).toMatchObject({ judged: DEALS, done: true });
    await expectRebuild(begins);
  });

  it("after an amendment judges the open deals only, on its first day and not before", async () => {
    await signed(PRESETS.two_bucket);
    await judgeNewPolicy(client, TODAY);
    const later = addDays(TODAY, 366);
    const id = await signed(PRESETS.triple_tier, later);
    expect(await judgeNewPolicy(client, TODAY)).toBe(0);
    await expectRebuild(TODAY);
    const open = DEALS - Math.floor(DEALS / 3);
    // Time alone makes open deals stale on that day: whoever judges them first, what moved is told.
    const stale = judgeStale(client, later);
    await judgeNewPolicy(client, later, { batchSize: 50 });
    await stale;
    expect(await runOf(id)).toMatchObject({ done: true });
    const [now] = await client.db.execute<{ deals: number; open: number }>(sql`
      select count(*) filter (where o.outcome = 'co_sell')::integer as deals,
        count(*) filter (where o.policy_hash = (select hash from policies where id = ${id}))::integer as open
      from judged_deals o`);
    expect(now?.open).toBe(open);
    expect(now?.deals).toBeGreaterThan(100);
    expect(await movesOf(id)).toEqual([{ from: "none", to: "co_sell", deals: now?.deals }]);
    await expectRebuild(later);
  });

  it("goes on where a killed process stopped, and ends as a rebuild would", async () => {
    const id = await signed(REACHING);
    // A process of its own that judges slowly and is killed after its first batches.
    const script = `
      import { connect } from "@/db/connection/client";
      import { judgeNewPolicy } from "@/lib/judging/judge-policy";
      const client = connect(process.env.DATABASE_URL, { max: 2 });
      await judgeNewPolicy(client, ${JSON.stringify(TODAY)}, {
        batchSize: 7,
        onProgress: ({ judged }) => process.stdout.write(judged + "\\n"),
      });`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
      cwd: resolve("."),
      env: { ...process.env, DATABASE_URL: url },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((done, failed) => {
      child.on("close", () => failed(new Error("it ended before it was killed")));
      child.stdout.on("data", (text: Buffer) => {
        if (Number(text.toString().trim().split("\n").at(-1)) >= 35) done();
      });
    });
    child.removeAllListeners("close");
    const closed = new Promise((done) => child.on("close", done));
    child.kill("SIGKILL");
    await closed;
    const left = await runOf(id);
    expect(left).toMatchObject({ done: false, total: DEALS });
    expect(left?.judged).toBeGreaterThanOrEqual(35);
    expect(left?.judged).toBeLessThan(DEALS);
    // The killed one's backend may still hold the election for a moment.
    let judged = 0;
    for (let tries = 0; judged < DEALS - (left?.judged ?? 0) && tries < 50; tries++) {
      judged += await judgeNewPolicy(client, TODAY, { batchSize: 60 });
      await new Promise((later) => setTimeout(later, 20));
    }
    expect((await runOf(id))?.done).toBe(true);
    expect((await runOf(id))?.judged).toBe(DEALS);
    expect(await movesOf(id)).toEqual([{ from: "none", to: "co_sell", deals: DEALS / 2 }]);
    await expectRebuild(TODAY);
  });

  it("judges and counts each deal once, though batches fail that are begun anew", async () => {
    const id = await signed(REACHING);
    const owner = postgres(url, { max: 1, onnotice: () => {} });
    // The database gives up the first three writes of one deal, as one that has too much to do.
    await owner.unsafe(`
      create sequence planted;
      create function plant() returns trigger language plpgsql security definer as $$ begin
        if new.deal_id = 'D-0250' and nextval('planted') <= 3 then
          raise exception 'planted' using errcode = '57014';
        end if;
        return new;
      end $$;
      create trigger plant before insert or update on judged_deals for each row execute function plant()`);
    await owner.end();
    const judged = await judgeNewPolicy(client, TODAY, { batchSize: 150, pausesMs: [10, 10, 10, 10] });
    expect(judged).toBe(DEALS);
    expect(await runOf(id)).toEqual({ judged: DEALS, total: DEALS, done: true });
    expect(await movesOf(id)).toEqual([{ from: "none", to: "co_sell", deals: DEALS / 2 }]);
    expect(await checkProjections(client, TODAY)).toBeNull();
  });

  it("is one process's work at a time, while others write and judge by themselves", async () => {
    const id = await signed(REACHING);
    const writes = Array.from({ length: 12 }, (_, n) =>
      write(async (tx) => {
        const deal = `D-${String(2 * n + 2).padStart(4, "0")}`;
        await tx.execute(sql`update activities set proof = null where deal_id = ${deal}`);
        await judgeDeals(tx, [deal], TODAY);
      }),
    );
    const counts = await Promise.all([
      judgeNewPolicy(client, TODAY, { batchSize: 40 }),
      judgeNewPolicy(client, TODAY, { batchSize: 40 }),
      ...writes.map((one) => one.then(() => 0)),
    ]);
    await judgeNewPolicy(client, TODAY);
    expect(counts[0]! + counts[1]!).toBeLessThanOrEqual(DEALS);
    expect((await runOf(id))?.done).toBe(true);
    await expectRebuild(TODAY);
  });
});

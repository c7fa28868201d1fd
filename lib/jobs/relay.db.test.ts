import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import type { Job } from "./job";
import { keepRelay } from "./relay";

/** Processes are relays of their own, each with its own connections, over one real queue. */
let url: string;
let open: Client[];
let ends: (() => Promise<void>)[];
beforeEach(async () => {
  ({ url } = await testDatabase());
  open = [];
  ends = [];
});
afterEach(async () => {
  await Promise.all(ends.map((end) => end()));
  await Promise.all(open.map((client) => client.close()));
});

const faults: [string, unknown][] = [];

const SELDOM_DUE = [
  "forget-keys",
  "forget-sign-ins",
  "forget-notices",
  "count-inbox",
  "write-digests",
] as const;

function process(...jobs: Job[]): () => Promise<void> {
  const client = connect(url, { max: 3 });
  open.push(client);
  const report = (name: string, error: unknown) => faults.push([name, error]);
  const options = { client, report, today: async () => "2026-05-20", shiftMs: 600, lookMs: 40 };
  const end = keepRelay(jobs, options);
  ends.push(end);
  return end;
}

const states = async (name: string) => {
  const rows = await open[0]!.db.execute<{ state: string; said: string | null }>(sql`
    select state::text, output ->> 'message' as said from pgboss.job where name = ${name} order by created_on`);
  return [...rows];
};

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds()); await pause(20))
    if (Date.now() > end) throw new Error("it did not come to that");
}

describe("a job that several processes look after", () => {
  test("that is due seldom is done once, and waits for its next time", async () => {
    const done: string[] = [];
    for (const name of ["one", "two", "three"])
      process({ name: "forget-keys", everyMs: 3_600_000, work: async () => done.push(name) });
    await until(() => done.length > 0);
    await pause(1_500);
    expect(done).toHaveLength(1);
    expect((await states("forget-keys")).map(({ state }) => state).sort()).toEqual(["completed", "created"]);
  });

  test("that is due seldom is done once, however many begin while others take their turn", async () => {
    const done = new Set<string>();
    const again: string[] = [];
    const processes = Array.from({ length: 8 }, () => {
      const job = (name: (typeof SELDOM_DUE)[number]): Job => ({
        name,
        everyMs: 3_600_000,
        async work() {
          if (done.has(name)) again.push(name);
          done.add(name);
        },
      });
      return () => process(...SELDOM_DUE.map(job));
    });
    for (const begin of processes) {
      begin();
      await pause(15);
    }
    await until(() => done.size === SELDOM_DUE.length);
    await pause(1_500);
    expect(again).toEqual([]);
  });

  test("that trails the writes is at work in one of them at a time, and goes on in another when that one ends", async () => {
    let atWork = 0;
    let most = 0;
    const turns: string[] = [];
    const follow = (name: string) =>
      process({
        name: "fold-tallies",
        // The rest after a turn is what a slow machine may be late by.
        everyMs: 150,
        async work() {
          most = Math.max(most, ++atWork);
          turns.push(name);
          await pause(10);
          atWork--;
        },
      });
    const ends = { one: follow("one"), two: follow("two") };
    await until(() => turns.length > 12);
    expect(most).toBe(1);
    const last = turns.at(-1) as keyof typeof ends;
    await ends[last]();
    const before = turns.length;
    await until(() => turns.length > before + 5);
    expect(new Set(turns.slice(before))).toEqual(new Set([last === "one" ? "two" : "one"]));
  });

  test("goes on when the process that was at it stands still for good", async () => {
    const turns: string[] = [];
    let letGo = () => {};
    const stuck = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    process({ name: "fold-tallies", everyMs: 30, work: () => stuck });
    await until(async () => (await states("fold-tallies")).some(({ state }) => state === "active"));
    process({ name: "fold-tallies", everyMs: 30, work: async () => turns.push("other") });
    await until(() => turns.length > 0);
    letGo();
  });
});

test("a turn that failed is reported, kept with its words, and followed by the next", async () => {
  faults.length = 0;
  let turns = 0;
  process({
    name: "fold-tallies",
    everyMs: 30,
    async work() {
      if (turns++ === 0) throw new Error("could not fold", { cause: new Error("the disk is full") });
    },
  });
  await until(() => turns > 3);
  expect(faults.map(([name]) => name)).toEqual(["fold-tallies"]);
  expect((await states("fold-tallies"))[0]).toEqual({
    state: "failed",
    said: "could not fold: the disk is full",
  });
});

test("what is due seldom is tried again soon after it failed", async () => {
  let turns = 0;
  process({
    name: "forget-keys",
    everyMs: 3_600_000,
    async work() {
      if (turns++ === 0) throw new Error("not now");
    },
  });
  await until(async () => (await states("forget-keys")).some(({ state }) => state === "retry"));
  await open[0]!.writers.take(performance.now() + 5_000).then(async (connection) => {
    await connection.run(
      (run) => run.unsafe("update pgboss.job set start_after = now() where state = 'retry'"),
      performance.now() + 5_000,
    );
    open[0]!.writers.give(connection);
  });
  await until(() => turns === 2);
});

test("the queue is worked in by a role that can make nothing in it", async () => {
  const client = connect(url, { max: 1 });
  open.push(client);
  const rows = await client.db.execute(sql`
    select current_user as who, has_schema_privilege('pgboss', 'create') as makes,
      (select count(*)::int from pg_tables where schemaname = 'pgboss' and tableowner = current_user) as owns`);
  expect([...rows]).toEqual([{ who: "countersign_app", makes: false, owns: 0 }]);
});

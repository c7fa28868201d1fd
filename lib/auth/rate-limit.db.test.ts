import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { tripsOf } from "@/db/connection/trips";
import { testDatabase } from "@/db/test-database";
import { READS, REQUESTS, takePersonsTurn, takeTurn, WRITES } from "./rate-limit";

/** Two clients are two processes: what they share is in the database. */
let one: Client;
let other: Client;
beforeAll(async () => {
  const { url } = await testDatabase();
  one = connect(url, { max: 2 });
  other = connect(url, { max: 2 });
});
afterAll(() => Promise.all([one.close(), other.close()]));
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

const left = ({ headers }: Awaited<ReturnType<typeof takeTurn>>) =>
  Number(/r=(\d+)/.exec(headers.ratelimit!)![1]);

test("a key makes so many requests in a minute, says how many are left, and has all again after it", async () => {
  expect(await takeTurn("AK-1", one)).toEqual({
    problem: null,
    headers: { "ratelimit-policy": `"key";q=${REQUESTS};w=60`, ratelimit: `"key";r=${REQUESTS - 1};t=60` },
  });
  for (let nth = 2; nth <= REQUESTS; nth++) {
    const turn = await takeTurn("AK-1", one);
    expect(turn.problem).toBeNull();
    expect(left(turn)).toBe(REQUESTS - nth);
  }
  vi.setSystemTime(Date.now() + 20_500);
  const over = await takeTurn("AK-1", one);
  expect(over.problem).toMatchObject({ code: "too_many" });
  expect(Number(over.headers["retry-after"])).toBeGreaterThan(30);
  expect(Number(over.headers["retry-after"])).toBeLessThanOrEqual(40);
  expect((await takeTurn("AK-2", one)).problem).toBeNull();
  // A minute later, by the clocks of both.
  vi.setSystemTime(Date.now() + 40_000);
  await guardedTransaction(one, { actor: "system:test", request: "R-1" }, (tx) =>
    tx.execute(sql`update key_turns set until = now() where key = 'AK-1'`),
  );
  expect(left(await takeTurn("AK-1", one))).toBe(REQUESTS - 1);
});

test("processes share a key's minute: together they let through no more than one, and lose few", async () => {
  const turns = await Promise.all(
    Array.from({ length: 2 * REQUESTS }, (_, nth) => takeTurn("AK-3", nth % 3 === 0 ? one : other)),
  );
  const through = turns.filter(({ problem }) => problem === null).length;
  expect(through).toBeLessThanOrEqual(REQUESTS);
  expect(through).toBeGreaterThan(REQUESTS - 60);
});

test("a person reads and writes by a minute of each, over all processes, and nobody else's", async () => {
  const take = (nth: number, what: "reads" | "writes", who = "U-1") =>
    takePersonsTurn(who, what, nth % 2 === 0 ? one : other);
  const all = async (many: number, what: "reads" | "writes") =>
    (await Promise.all(Array.from({ length: many }, (_, nth) => take(nth, what)))).filter(
      ({ problem }) => problem === null,
    ).length;
  const written = await all(WRITES + 100, "writes");
  expect(written).toBeLessThanOrEqual(WRITES);
  expect(written).toBeGreaterThan(WRITES - 60);
  const over = await take(0, "writes");
  expect(over.problem).toMatchObject({
    code: "too_many",
    rule: expect.stringContaining("one person writes"),
  });
  expect(Number(over.headers["retry-after"])).toBeGreaterThan(0);
  expect(over.headers["ratelimit-policy"]).toBe(`"writes";q=${WRITES};w=60`);
  expect((await take(0, "reads")).problem).toBeNull();
  expect((await take(0, "writes", "U-2")).problem).toBeNull();
  const read = await all(READS + 100, "reads");
  expect(read).toBeLessThan(READS);
  expect(read).toBeGreaterThan(READS - 400);
});

test("a request costs the database nothing, but for one in thirty", async () => {
  await takeTurn("AK-4", one);
  const trips = await tripsOf(async () => {
    for (let nth = 2; nth <= 90; nth++) await takeTurn("AK-4", one);
  });
  // Two draws, of begin, count and commit.
  expect(trips).toBe(2 * 3);
  // And who has none left asks no more.
  for (let nth = 91; nth <= REQUESTS; nth++) await takeTurn("AK-4", one);
  expect(await tripsOf(() => takeTurn("AK-4", one))).toBe(0);
});

import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { costs } from "../schema/finance";
import { type Pair, startPair } from "../test-replica";
import { AT_ONCE, type Client, connect, type Db } from "./client";
import { notePosition } from "./positions";
import { MOST_BEHIND_MS, Replica, showEverybody } from "./replica";
import { guardedTransaction } from "./transaction";

let pair: Pair;
let primary: Client;
let replica: Client;
let read: Replica;

beforeAll(async () => {
  pair = await startPair();
  primary = connect(pair.primary, { committed: notePosition });
  replica = connect(pair.replica, { againMs: AT_ONCE });
});
beforeEach(async () => {
  // The day's clock stands still unless a test moves it: ten seconds are ten seconds on a slow machine, too.
  vi.useFakeTimers({ toFake: ["Date"] });
  read = new Replica(primary, replica);
  await pair.release();
  await answersAgain("user:nobody");
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  await primary.close();
  await replica.close();
  await pair.close();
});

const isReplica = async (db: Db) =>
  (await db.execute<{ so: boolean }>(sql`select pg_is_in_recovery() as so`))[0]!.so;
const categories = async (who: string) =>
  (await (await read.readerFor(who)).select().from(costs)).map(({ category }) => category);
/** The server writes for itself, too: the replica answers once it has that as well. */
const answersAgain = (who: string) =>
  expect.poll(async () => isReplica(await read.readerFor(who)), { timeout: 10_000 }).toBe(true);
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

let turns = 0;
/** Writes one row as somebody and answers what it is called. */
async function write(who: string): Promise<string> {
  const category = `by ${who}, ${++turns}`;
  await guardedTransaction(primary, { actor: who, request: `R-${turns}` }, (tx) =>
    tx.insert(costs).values({
      ...{ quarter: "2026-Q1", side: "partner_program", category },
      ...{ amount: 100, currency: "USD" },
    }),
  );
  return category;
}

describe("a replica that lags", () => {
  test("answers everybody but who has just written, and them again once it has what they wrote", async () => {
    await pair.hold();
    const mine = await write("user:ann");
    expect(await categories("user:ann")).toContain(mine);
    expect(await isReplica(await read.readerFor("user:ann"))).toBe(false);
    expect(await categories("user:ben")).not.toContain(mine);
    await pair.release();
    await answersAgain("user:ann");
    expect(await categories("user:ann")).toContain(mine);
  });

  test("answers nobody what is older than ten seconds", async () => {
    later(6_000);
    await read.readerFor("user:ben");
    // It has what the primary held then, and no more.
    await write("user:ann");
    await pair.release();
    await pair.hold();
    const theirs = await write("user:ann");
    later(6_000);
    await read.readerFor("user:ben");
    expect(await categories("user:ben")).not.toContain(theirs);
    later(5_000);
    expect(await categories("user:ben")).toContain(theirs);
    await pair.release();
    await answersAgain("user:ben");
  });

  test("answers nobody at first, where nobody has asked for a while", async () => {
    await pair.hold();
    const theirs = await write("user:ann");
    later(MOST_BEHIND_MS * 6);
    expect(await categories("user:ben")).toContain(theirs);
  });

  test("answers nobody before it has what was written for all", async () => {
    await pair.hold();
    const theirs = await write("system:judge");
    expect(await categories("user:ben")).not.toContain(theirs);
    await showEverybody(primary);
    expect(await categories("user:ben")).toContain(theirs);
    await pair.release();
    await answersAgain("user:ben");
  });
});

describe("a replica that cannot answer", () => {
  test("leaves a statement that it had to cancel to the primary", async () => {
    const db = await read.readerFor("user:ben");
    await expect(db.execute(sql`select 1 / 0`)).rejects.toMatchObject({ cause: { code: "22012" } });
    await answersAgain("user:ben");
    // What it says when it had to replay over what a statement was reading.
    const conflict = "raise exception 'conflict with recovery' using errcode = '40001'";
    const cancelled = sql.raw(`do $$ begin if pg_is_in_recovery() then ${conflict}; end if; end $$`);
    await expect(db.execute(cancelled)).resolves.toBeDefined();
    expect(await isReplica(await read.readerFor("user:ben"))).toBe(false);
  });

  test("is left alone when it is gone, while the primary answers", async () => {
    const db = await read.readerFor("user:ben");
    await pair.stopReplica();
    expect(await isReplica(db)).toBe(false);
    expect(await isReplica(await read.readerFor("user:ben"))).toBe(false);
    later(20_000);
    expect(await isReplica(await read.readerFor("user:ben"))).toBe(false);
  });
});

import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { costs } from "../schema/finance";
import { testDatabase } from "../test-database";
import { openWay, type Way } from "../test-proxy";
import { type Client, connect } from "./client";
import { guardedTransaction, type Tx } from "./transaction";

const WHO = { actor: "user:U-1", request: "R-1" };
const cost = (category: string) => ({
  quarter: "2026-Q1",
  side: "partner_program" as const,
  category,
  amount: 100,
  currency: "USD",
});

let url: string;
let client: Client;
let owner: postgres.Sql;

beforeAll(async () => {
  url = (await testDatabase()).url;
  client = connect(url, { max: 4 });
  owner = postgres(url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await client.close();
  await owner.end();
});

const isThere = async (category: string) =>
  (await owner`select from costs where category = ${category}`).length === 1;

describe("a guarded transaction", () => {
  it("commits what was written and answers what the work answered", async () => {
    const answer = await guardedTransaction(client, WHO, async (tx) => {
      await tx.insert(costs).values(cost("kept"));
      return 42;
    });
    expect(answer).toBe(42);
    expect(await isThere("kept")).toBe(true);
  });

  it("undoes everything when the work throws, and lets its error through", async () => {
    const work = guardedTransaction(client, WHO, async (tx) => {
      await tx.insert(costs).values(cost("undone"));
      throw new RangeError("no");
    });
    await expect(work).rejects.toThrow(new RangeError("no"));
    expect(await isThere("undone")).toBe(false);
  });

  it.each([
    ["53100", "the database's disk is full; nothing was written"],
    ["53200", "the database has no memory left for this; nothing was written"],
    ["53300", "the database takes no more connections; nothing was written"],
    ["53400", "the database is out of means; nothing was written"],
  ])(
    "refuses as unavailable what the database lacks the means for (%s), and goes on after it",
    async (code, rule) => {
      const work = guardedTransaction(client, WHO, async (tx) => {
        await tx.insert(costs).values(cost(`lacked ${code}`));
        await tx.execute(sql.raw(`do $$ begin raise exception 'no room' using errcode = '${code}'; end $$`));
      });
      await expect(work).rejects.toMatchObject({ code: "unavailable", rule });
      expect(await isThere(`lacked ${code}`)).toBe(false);
      await guardedTransaction(client, WHO, (tx) => tx.insert(costs).values(cost(`after ${code}`)));
      expect(await isThere(`after ${code}`)).toBe(true);
    },
  );

  it("does not commit past an error of the database that the work swallowed", async () => {
    const work = guardedTransaction(client, WHO, async (tx) => {
      await tx.insert(costs).values(cost("swallowed"));
      await tx.execute(sql`select 1 / 0`).catch(() => {});
    });
    await expect(work).rejects.toThrow(/aborted/);
    expect(await isThere("swallowed")).toBe(false);
  });

  it("works as the role that owns nothing, with its actor and request, and leaves none of it behind", async () => {
    const who = { actor: "user:O'Neil \\", request: 'R "2"' };
    const ask = sql`select current_user as role, current_setting('countersign.actor') as actor,
      current_setting('countersign.request') as request`;
    const [inside] = await guardedTransaction(client, who, (tx) => tx.execute(ask));
    expect(inside).toEqual({ role: "countersign_app", ...who });
    const alone = connect(url, { max: 1 });
    await guardedTransaction(alone, WHO, async () => {});
    const connection = await alone.writers.take(performance.now() + 5_000);
    const [after] = await connection.sql`select current_user <> 'countersign_app' as own_role,
      coalesce(current_setting('countersign.actor', true), '') as actor`;
    expect(after).toEqual({ own_role: true, actor: "" });
    alone.writers.give(connection);
    await alone.close();
  });

  it("refuses a context without names", async () => {
    await expect(guardedTransaction(client, { actor: "", request: "R" }, async () => {})).rejects.toThrow(
      RangeError,
    );
  });

  it("has no transaction of drizzle's own in reach, nor a use after its end", async () => {
    let leaked: Tx | undefined;
    await guardedTransaction(client, WHO, async (tx) => {
      leaked = tx;
      // @ts-expect-error the type has no such member
      await expect(async () => tx.transaction(async () => {})).rejects.toThrow(/not a function/);
    });
    const late = leaked?.insert(costs).values(cost("late"));
    await expect(late).rejects.toMatchObject({ cause: new Error("this transaction has ended") });
    expect(await isThere("late")).toBe(false);
  });

  it("refuses in time when the work or the database takes too long, and writes nothing", async () => {
    for (const slow of [sql`select pg_sleep(20)`, null]) {
      const started = Date.now();
      const work = guardedTransaction(client, { ...WHO, timeoutMs: 300 }, async (tx) => {
        await tx.insert(costs).values(cost("slow"));
        await (slow ? tx.execute(slow) : new Promise((resolve) => setTimeout(resolve, 2_000)));
      });
      await expect(work).rejects.toMatchObject({ name: "Refusal", code: "unavailable" });
      expect(Date.now() - started).toBeLessThan(7_000);
      expect(await isThere("slow")).toBe(false);
    }
  });

  it("refuses in time when every connection is taken", async () => {
    const small = connect(url, { max: 1 });
    const holder = guardedTransaction(small, WHO, () => new Promise((resolve) => setTimeout(resolve, 800)));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const second = guardedTransaction(small, { ...WHO, timeoutMs: 200 }, async () => {});
    await expect(second).rejects.toMatchObject({ code: "unavailable" });
    await holder;
    await expect(guardedTransaction(small, WHO, async () => "free")).resolves.toBe("free");
    await small.close();
  });

  it("runs the work again when the database asks for it, three times at most", async () => {
    let runs = 0;
    const deadlock = sql.raw("do $$ begin raise exception 'again' using errcode = '40P01'; end $$");
    const settles = guardedTransaction(client, { ...WHO, retry: true }, async (tx) => {
      if (++runs < 3) await tx.execute(deadlock);
      return runs;
    });
    await expect(settles).resolves.toBe(3);
    runs = 0;
    const never = guardedTransaction(client, { ...WHO, retry: true }, async (tx) => {
      runs++;
      await tx.execute(deadlock);
    });
    await expect(never).rejects.toMatchObject({ cause: { code: "40P01" } });
    expect(runs).toBe(3);
    runs = 0;
    const unasked = guardedTransaction(client, WHO, async (tx) => {
      runs++;
      await tx.execute(deadlock);
    });
    await expect(unasked).rejects.toThrow();
    expect(runs).toBe(1);
  });
});

describe("a connection that breaks", () => {
  let way: Way;
  let through: Client;

  beforeAll(async () => {
    way = await openWay(url);
    through = connect(way.url, { max: 2 });
  });
  beforeEach(() => {
    way.onCommit = "pass";
  });
  afterAll(async () => {
    await through.close();
    await way.close();
  });

  const write = (category: string, timeoutMs?: number) =>
    guardedTransaction(through, { ...WHO, timeoutMs }, async (tx) => {
      await tx.insert(costs).values(cost(category));
      return category;
    });

  it("acknowledges a commit whose answer was lost on the way, since it was made", async () => {
    way.onCommit = "drop the answer";
    await expect(write("answer lost")).resolves.toBe("answer lost");
    expect(await isThere("answer lost")).toBe(true);
  });

  it("refuses a commit that never arrived, and says that nothing was written", async () => {
    way.onCommit = "drop the message";
    await expect(write("message lost")).rejects.toMatchObject({
      rule: expect.stringMatching(/nothing was written/),
    });
    expect(await isThere("message lost")).toBe(false);
  });

  it("does not wait for an answer that never comes: it asks what became of the commit", async () => {
    way.onCommit = "fall silent";
    await expect(write("silent", 1_000)).resolves.toBe("silent");
    expect(await isThere("silent")).toBe(true);
  });

  it("begins on a fresh connection when the idle one has died", async () => {
    await write("before");
    await owner`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'countersign' and datname = current_database() and pid <> pg_backend_pid()`;
    await expect(write("after")).resolves.toBe("after");
    await expect(through.db.select().from(costs)).resolves.not.toEqual([]);
  });

  it("waits for a server that is gone for a moment, to read and to write", async () => {
    await write("before it went");
    way.cut();
    const [reading, writing] = [through.db.select().from(costs), write("when it was back")];
    await pause(700);
    way.mend();
    await expect(writing).resolves.toBe("when it was back");
    await expect(reading).resolves.not.toEqual([]);
  });

  it("says so when nobody can tell what became of a commit", async () => {
    way.onCommit = "drop the answer and go";
    const unclear = write("nobody knows", 500);
    await expect(unclear).rejects.toMatchObject({
      code: "unavailable",
      rule: expect.stringMatching(/look whether/),
    });
    way.mend();
    expect(await isThere("nobody knows")).toBe(true);
  });

  it("refuses as unavailable when there is no server", async () => {
    const nowhere = connect("postgres://nobody@127.0.0.1:1/none");
    const work = guardedTransaction(nowhere, { ...WHO, timeoutMs: 2_000 }, async () => {});
    await expect(work).rejects.toMatchObject({ name: "Refusal", code: "unavailable" });
    await nowhere.close();
  });
});

describe("reading", () => {
  it("goes on as the application's role, and cannot write", async () => {
    const [row] = await client.db.execute(sql`select current_user as role`);
    expect(row).toEqual({ role: "countersign_app" });
    const write = client.db.insert(costs).values(cost("by a reader"));
    await expect(write).rejects.toMatchObject({ cause: { code: "25006" } });
  });
});

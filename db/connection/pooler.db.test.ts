import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "@/db/test-database";
import { PGBOUNCER, type Pooler, startPooler } from "@/db/test-pooler";
import { type Client, connect } from "./client";
import { guardedTransaction, type Tx } from "./transaction";

const SERVER_CONNECTIONS = 3;
const WRITERS = 16;

/** `npm test` installs it where it can; elsewhere: `apt-get install pgbouncer`. */
describe.skipIf(PGBOUNCER === null)("through PgBouncer in transaction mode", () => {
  let pooler: Pooler;
  let client: Client;
  beforeAll(async () => {
    pooler = await startPooler((await testDatabase()).url, SERVER_CONNECTIONS);
    client = connect(pooler.url, { max: WRITERS });
  });
  afterAll(async () => {
    await client?.close();
    await pooler?.close();
  });

  const deal = (tx: Tx, id: string) =>
    tx.execute(sql`insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
      values (${id}, 'Ann', 100, 'USD', 'new', 'direct', '2026-01-10', 'open')`);
  const write = (actor: string, work: (tx: Tx) => Promise<unknown>) =>
    guardedTransaction(client, { actor, request: `R-${actor}` }, work);

  it("more writers than connections each write under their own name", async () => {
    await Promise.all(
      Array.from({ length: WRITERS }, (_, nth) =>
        write(`user:W-${nth}`, async (tx) => {
          await deal(tx, `D-${nth}`);
          await tx.execute(sql`select pg_sleep(0.02)`);
          await tx.execute(sql`insert into audit_log (actor, action, request, deal_id, subject_kind, subject_id)
            values (${`user:W-${nth}`}, 'create-deal', ${`R-user:W-${nth}`}, ${`D-${nth}`}, 'deal', ${`D-${nth}`})`);
        }),
      ),
    );
    const rows = await client.db.execute<{ deal: string; actor: string }>(
      sql`select deal_id as deal, actor from audit_log order by id`,
    );
    expect(rows).toHaveLength(WRITERS);
    for (const { deal: id, actor } of rows) expect(actor).toBe(`user:${id.replace("D-", "W-")}`);
    const [used] = await client.db.execute<{ backends: number }>(sql`
      select count(*)::integer as backends from pg_stat_activity
      where datname = current_database() and application_name = 'countersign'`);
    expect(used?.backends).toBeLessThanOrEqual(SERVER_CONNECTIONS);
  });

  it("nothing of a write stays on the connection that the next one is given", async () => {
    const said = sql`select coalesce(current_setting('countersign.actor', true), '') as actor, current_user::text as "user"`;
    for (let nth = 0; nth < 2 * SERVER_CONNECTIONS; nth++) {
      await write("user:W-0", (tx) => tx.execute(sql`select 1`));
      const [row] = await client.db.execute<{ actor: string; user: string }>(said);
      expect(row).toEqual({ actor: "", user: "countersign_app" });
    }
  });

  it("a reader cannot write, and a write without its context is refused", async () => {
    await expect(client.db.execute(sql`delete from deals`)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("read-only transaction") },
    });
    await expect(
      write("user:W-1", async (tx) => {
        await tx.execute(sql`select set_config('countersign.actor', '', true)`);
        await deal(tx, "D-none");
      }),
    ).rejects.toThrow();
    expect([...(await client.db.execute(sql`select from deals where id = 'D-none'`))]).toEqual([]);
  });

  it("what fails is rolled back whole, and the next one goes on", async () => {
    await expect(
      write("user:W-2", async (tx) => {
        await deal(tx, "D-half");
        await deal(tx, "D-half");
      }),
    ).rejects.toThrow();
    expect([...(await client.db.execute(sql`select from deals where id = 'D-half'`))]).toEqual([]);
    await write("user:W-2", (tx) => deal(tx, "D-whole"));
    expect([...(await client.db.execute(sql`select id from deals where id = 'D-whole'`))]).toHaveLength(1);
  });
});

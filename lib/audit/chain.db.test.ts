import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { chainAudit, verifyAuditChain } from "./chain";

const WHO = { actor: "user:U-1", request: "R-1" };
let url: string;
let client: Client;
let owner: postgres.Sql;

beforeEach(async () => {
  url = (await testDatabase()).url;
  await client?.close();
  await owner?.end();
  client = connect(url);
  owner = postgres(url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await client.close();
  await owner.end();
});

const entry = (subjectId: string) => ({
  ...WHO,
  action: "edit-deal",
  subject_kind: "deal",
  subject_id: subjectId,
  before: { amount: 1, name: "Zoë" },
  after: { name: "Zoë 💶", amount: 0.5 },
});
/** Writes entries in one transaction; `held` keeps it open. */
const write = (subjects: string[], held?: Promise<void>) =>
  guardedTransaction(client, WHO, async (tx) => {
    await tx.execute(sql`
      insert into audit_log (actor, action, request, subject_kind, subject_id, before, after)
      select actor, action, request, subject_kind, subject_id, before, after
      from json_populate_recordset(null::audit_log, ${JSON.stringify(subjects.map(entry))}::text::json)`);
    await held;
  });

/** Chains until nothing waits: another database's transaction on this server can hold it up for a moment. */
async function chainAll(): Promise<number> {
  const end = Date.now() + 30_000;
  for (let chained = 0; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    chained += await chainAudit(client);
    const verdict = await verifyAuditChain(client.db);
    if (!verdict.ok || verdict.waiting === 0 || Date.now() > end) return chained;
  }
}

/** What only somebody with the owner's rights and ill will can do. */
const tamper = (statement: string) =>
  owner.unsafe(`begin; set local session_replication_role = replica;
    alter table audit_log disable trigger b_append_only; alter table audit_chain disable trigger b_append_only;
    ${statement};
    alter table audit_log enable always trigger b_append_only; alter table audit_chain enable always trigger b_append_only;
    commit`);

describe("the chain over the audit log", () => {
  it("holds every entry, and holds", async () => {
    await write(["D-1", "D-2"]);
    await write(["D-3"]);
    expect(await verifyAuditChain(client.db)).toMatchObject({ ok: true, entries: 0, waiting: 3 });
    expect(await chainAll()).toBe(3);
    const first = await verifyAuditChain(client.db);
    expect(first).toMatchObject({ ok: true, entries: 3, waiting: 0 });
    await write(["D-4"]);
    expect(await chainAll()).toBe(1);
    const second = await verifyAuditChain(client.db);
    expect(second).toMatchObject({ ok: true, entries: 4 });
    expect(second).not.toMatchObject({ lastHash: (first as { lastHash: string }).lastHash });
  });

  it("leaves out nothing that commits late under an earlier id", async () => {
    let release = () => {};
    const late = write(
      ["late"],
      new Promise((resolve) => {
        release = resolve;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await write(["early"]);
    expect((await chainAudit(client)) + (await chainAudit(client))).toBe(0);
    release();
    await late;
    expect(await chainAll()).toBe(2);
    expect(await verifyAuditChain(client.db)).toMatchObject({ ok: true, entries: 2, waiting: 0 });
  });

  it("is made once by many who try", async () => {
    const others = Array.from({ length: 3 }, () => connect(url));
    for (let turn = 0; turn < 4; turn++) {
      await Promise.all([write(["a", "b"]), write(["c"]), ...others.map((other) => chainAudit(other))]);
    }
    await chainAll();
    expect(await verifyAuditChain(client.db)).toMatchObject({ ok: true, entries: 12, waiting: 0 });
    await Promise.all(others.map((other) => other.close()));
  });

  it("goes on past one batch", async () => {
    for (let turn = 0; turn < 3; turn++)
      await write(Array.from({ length: 1_500 }, (_, n) => `D-${turn}-${n}`));
    expect(await chainAll()).toBe(4_500);
    expect(await verifyAuditChain(client.db)).toMatchObject({ ok: true, entries: 4_500 });
  });

  it.each([
    ["at", "at - interval '1 microsecond'"],
    ["actor", "'user:U-2'"],
    ["action", "'delete-deal'"],
    ["request", "'R-2'"],
    ["deal_id", "'D-9'"],
    ["subject_kind", "'partner'"],
    ["subject_id", "'D-9'"],
    ["before", "'{}'"],
    ["after", "null"],
  ])("shows an entry whose %s became %s", async (column, value) => {
    await write(["D-1", "D-2"]);
    expect(await chainAll()).toBe(2);
    await tamper(`update audit_log set ${column} = ${value} where id = 2`);
    expect(await verifyAuditChain(client.db)).toEqual({ ok: false, id: 2, fault: "hash" });
  });

  it.each([
    [
      "an entry that is gone",
      "delete from audit_chain where audit_id = 2; delete from audit_log where id = 2",
      { id: 3, fault: "hash" },
    ],
    ["an entry slipped in", `delete from audit_chain where audit_id = 2`, { id: 2, fault: "unchained" }],
  ])("shows %s", async (_, statement, fault) => {
    await write(["D-1", "D-2", "D-3", "D-4"]);
    expect(await chainAll()).toBe(4);
    const ids = await client.db.execute(sql`select id::integer from audit_log order by id`);
    expect(ids.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    await tamper(statement);
    expect(await verifyAuditChain(client.db)).toEqual({ ok: false, ...fault });
  });
});

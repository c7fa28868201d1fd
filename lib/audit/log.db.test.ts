import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { newSigningKey, parseSigningKeys, rotated } from "@/lib/auth/signing-keys";
import { growLog } from "./grow";
import { claimedHead, type Head, logKeys, newestHead } from "./head";
import { consistencyOf, proofOf } from "./proof";
import { isConsistent, isIncluded, leafHash } from "./tree";
import { verifyLog } from "./verify-log";

const WHO = { actor: "user:U-1", request: "R-1" };
let url: string;
let client: Client;
let owner: postgres.Sql;

beforeEach(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  url = (await testDatabase()).url;
  await client?.close();
  await owner?.end();
  client = connect(url);
  owner = postgres(url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  vi.unstubAllEnvs();
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

/** Grows until nothing waits: another database's transaction on this server can hold it up for a moment. */
async function growAll(): Promise<number> {
  const end = Date.now() + 30_000;
  for (let grown = 0; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    grown += await growLog(client);
    const verdict = await verifyLog(client.db);
    if (!verdict.ok || verdict.waiting === 0 || Date.now() > end) return grown;
  }
}

const TABLES = ["audit_log", "audit_tree", "audit_heads", "audit_keys"];
/** What only somebody with the owner's rights and ill will can do. */
const tamper = (statement: string) =>
  owner.unsafe(`begin; set local session_replication_role = replica;
    ${TABLES.map((table) => `alter table ${table} disable trigger b_append_only`).join(";")};
    ${statement};
    ${TABLES.map((table) => `alter table ${table} enable always trigger b_append_only`).join(";")};
    commit`);

describe("the tree over the audit log", () => {
  it("holds every entry, and holds", async () => {
    await write(["D-1", "D-2"]);
    await write(["D-3"]);
    expect(await verifyLog(client.db)).toMatchObject({ ok: true, entries: 0, waiting: 3 });
    expect(await growAll()).toBe(3);
    const first = await verifyLog(client.db);
    expect(first).toMatchObject({ ok: true, entries: 3, waiting: 0, head: { size: 3 } });
    await write(["D-4"]);
    expect(await growAll()).toBe(1);
    const second = await verifyLog(client.db);
    expect(second).toMatchObject({ ok: true, entries: 4 });
    expect(second).toMatchObject({ head: { size: 4 }, heads: 2 });
    expect(second).not.toMatchObject({ head: { root: (first as { head: { root: string } }).head.root } });
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
    expect((await growLog(client)) + (await growLog(client))).toBe(0);
    release();
    await late;
    expect(await growAll()).toBe(2);
    expect(await verifyLog(client.db)).toMatchObject({ ok: true, entries: 2, waiting: 0 });
  });

  it("is made once by many who try", async () => {
    const others = Array.from({ length: 3 }, () => connect(url));
    for (let turn = 0; turn < 4; turn++) {
      await Promise.all([write(["a", "b"]), write(["c"]), ...others.map((other) => growLog(other))]);
    }
    await growAll();
    expect(await verifyLog(client.db)).toMatchObject({ ok: true, entries: 12, waiting: 0 });
    await Promise.all(others.map((other) => other.close()));
  });

  it("goes on past one batch", async () => {
    for (let turn = 0; turn < 3; turn++)
      await write(Array.from({ length: 1_500 }, (_, n) => `D-${turn}-${n}`));
    expect(await growAll()).toBe(4_500);
    expect(await verifyLog(client.db)).toMatchObject({ ok: true, entries: 4_500 });
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
    expect(await growAll()).toBe(2);
    await tamper(`update audit_log set ${column} = ${value} where id = 2`);
    expect(await verifyLog(client.db)).toEqual({ ok: false, id: 2, fault: "changed", head: null });
  });

  const GONE = "delete from audit_log where id = 2";
  const NO_LEAF = "delete from audit_tree where audit_id = 2";
  it.each([
    ["an entry that is gone", GONE, { id: 3, fault: "gone" }],
    ["an entry that is gone with its leaf", `${NO_LEAF}; ${GONE}`, { id: 3, fault: "gone" }],
    ["the last entry that is gone", "delete from audit_log where id = 4", { id: 4, fault: "gone" }],
    ["an entry that was never taken in", NO_LEAF, { id: 2, fault: "left_out" }],
    [
      "entries that changed places",
      "update audit_log set id = 9 where id = 2; update audit_log set id = 2 where id = 3; update audit_log set id = 3 where id = 9",
      { id: 2, fault: "changed" },
    ],
    [
      "an end that was cut off, but for the head",
      "delete from audit_tree where audit_id > 2; delete from audit_log where id > 2",
      { id: null, fault: "head", head: "4 entries" },
    ],
    [
      "a head by a key that is not the log's",
      "update audit_keys set kid = 'other'",
      { id: null, fault: "head", head: "4 entries" },
    ],
  ])("shows %s", async (_, statement, fault) => {
    await write(["D-1", "D-2", "D-3", "D-4"]);
    expect(await growAll()).toBe(4);
    await tamper(statement);
    expect(await verifyLog(client.db)).toEqual({ ok: false, head: null, ...fault });
  });

  it("shows a kept node that is not what lies under it", async () => {
    await write(Array.from({ length: 300 }, (_, n) => `D-${n}`));
    await growAll();
    expect(await verifyLog(client.db)).toMatchObject({ ok: true, entries: 300 });
    await tamper("update audit_tree set hash = repeat('0', 64) where level = 8");
    expect(await verifyLog(client.db)).toEqual({ ok: false, id: 256, fault: "tree", head: null });
  });
});

describe("what is signed", () => {
  /** Forgets the tree from an entry on, as somebody would who wants the log to be taken in anew. */
  const CUT = `delete from audit_tree where audit_id > 2; delete from audit_heads where size > 2`;
  const grown = async () => {
    await write(["D-1", "D-2"]);
    await growAll();
    await write(["D-3", "D-4"]);
    await growAll();
  };
  const refused = async (by: Client) => {
    for (let turn = 0; turn < 100; turn++) {
      await growLog(by);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it("is never less than this server has signed, whatever the database forgot", async () => {
    await grown();
    await tamper(`${CUT}; update audit_log set subject_id = 'D-9' where id = 3`);
    await expect(refused(client)).rejects.toThrow(/this server's own memory/);
    expect(await verifyLog(client.db)).toMatchObject({ ok: true, entries: 2, waiting: 2 });
  });

  it("is consistent with the heads that stand elsewhere, in a server that remembers nothing", async () => {
    await grown();
    const [head] = await client.db.execute<{ head: string }>(
      sql`select head from audit_heads where size = 4`,
    );
    await tamper(`${CUT}; update audit_log set subject_id = 'D-9' where id = 3`);
    await tamper(`insert into sealed_quarters (quarter, from_day, to_day, as_of, sealed_by_name, header, deals, closed,
      prepared_by_name, prepared_at, tally, digest, log_head)
      values ('2026-Q1', '2026-01-01', '2026-03-31', '2026-04-01', 'Fay', '{}', 1, 1, 'Hope', now(), '{}', '', '${head!.head}')`);
    const other = connect(url);
    await expect(refused(other)).rejects.toThrow(/its head in seal 2026-Q1/);
    expect(await verifyLog(other.db)).toMatchObject({ ok: false, fault: "head", head: "seal 2026-Q1" });
    await other.close();
  });

  it("is refused over a tree that is not that of the newest head", async () => {
    await grown();
    const other = connect(url);
    await tamper("update audit_tree set hash = repeat('0', 64) where audit_id = 1");
    await write(["D-5"]);
    await expect(refused(other)).rejects.toThrow(/not those of its newest head/);
    await other.close();
  });

  it("goes on under a new key, and what the former one signed still holds", async () => {
    await write(["D-1"]);
    await growAll();
    vi.stubEnv("SIGNING_KEYS", JSON.stringify(await rotated(parseSigningKeys(process.env.SIGNING_KEYS!))));
    await write(["D-2"]);
    await growAll();
    const [now] = parseSigningKeys(process.env.SIGNING_KEYS!);
    expect(await verifyLog(client.db)).toMatchObject({ ok: true, heads: 2, head: { kid: now!.kid } });
    const keys = await logKeys(client.db);
    expect(keys.map(({ endorsed }) => endorsed === null)).toEqual([true, false]);
  });
});

describe("a proof", () => {
  it("shows any entry in any head after it, and each head in each later one", async () => {
    const heads: Head[] = [];
    for (const many of [1, 3, 260, 7, 600]) {
      await write(Array.from({ length: many }, (_, n) => `D-${n}`));
      await growAll();
      heads.push(claimedHead((await newestHead(client.db))!)!);
    }
    for (const [at, head] of heads.entries()) {
      for (const place of [0, 1, 2, 255, 256, 263, 500, head.size - 1].filter((one) => one < head.size)) {
        const proof = (await proofOf(client.db, place + 1, head))!;
        expect(proof.place).toBe(place);
        expect(isIncluded(leafHash(proof.entry), place, head, proof.path)).toBe(true);
      }
      for (const before of heads.slice(0, at))
        expect(isConsistent(before, head, (await consistencyOf(client.db, before.size, head.size))!)).toBe(
          true,
        );
    }
    expect(await proofOf(client.db, 9_999, heads.at(-1)!)).toBeNull();
    expect(await proofOf(client.db, 871, heads[0]!)).toBeNull();
  });
});

// Long: one log, and everything that can be done to it, in an export and in a database.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { eachPlaced, entryLine } from "@/lib/audit/entry";
import { growLog } from "@/lib/audit/grow";
import { claimedHead, logKeys, newestHead, signHead } from "@/lib/audit/head";
import { Growing, leafHash } from "@/lib/audit/tree";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { newSigningKey, parseSigningKeys, rotated, signCompact } from "@/lib/auth/signing-keys";
import { auditProof } from "@/lib/queries/audit/audit-proof";
import { answer } from "@/lib/queries/query";
// @ts-expect-error plain JavaScript, as an outsider runs it
import { check } from "./verifier/check.mjs";
// @ts-expect-error the same
import { readDatabase } from "./verifier/read-database.mjs";
// @ts-expect-error the same
import { readExport } from "./verifier/read-export.mjs";
import { exportLog } from "./write-export";

/**
 * The outsider's program against what somebody with the owner's rights, every trigger off, the signing key and all
 * knowledge of the format can do to a log of which one head was kept outside. `VERIFIER_TURNS` and
 * `VERIFIER_DATABASE_TURNS` try more of it.
 */
const TURNS = Number(process.env.VERIFIER_TURNS ?? 10_000);
const DATABASE_TURNS = Number(process.env.VERIFIER_DATABASE_TURNS ?? 100);
/** Of the turns so many are written into a folder and read from it; the others are in memory what it would hold. */
const A_FOLDER = 50;
const ENTRIES = 60;
const KEPT = 41;
const VERIFY = fileURLToPath(new URL("verifier/verify.mjs", import.meta.url));

let url: string;
let client: Client;
let owner: postgres.Sql;
let folder: string;
let whole: string;
let head: string;

async function verify(...args: string[]): Promise<{ status: number; said: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [VERIFY, ...args]);
    return { status: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, said: stdout + stderr };
  }
}

async function write(from: number, many: number): Promise<void> {
  const entries = Array.from({ length: many }, (_, at) => {
    const subject_id = `D-${from + at}`;
    const after = { name: "Zoë 💶\u2028", amount: from + at + 0.1, list: [1, "b", null] };
    return {
      actor: "user:U-1",
      action: "edit-deal",
      request: "R-1",
      subject_kind: "deal",
      subject_id,
      before: { amount: 1 },
      after,
    };
  });
  await guardedTransaction(client, { actor: "user:U-1", request: "R-1" }, (tx) =>
    tx.execute(sql`
      insert into audit_log (actor, action, request, subject_kind, subject_id, before, after)
      select actor, action, request, subject_kind, subject_id, before, after
      from json_populate_recordset(null::audit_log, ${JSON.stringify(entries)}::text::json)`),
  );
  for (let grown = 0; grown < many; ) grown += await growLog(client);
}

beforeAll(async () => {
  ({ url } = await testDatabase());
  client = connect(url);
  owner = postgres(url, { max: 1, onnotice: () => {} });
  folder = mkdtempSync(join(tmpdir(), "countersign-verifier-"));
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  await write(0, 20);
  await write(20, KEPT - 20);
  head = join(folder, "head.json");
  const kept = { head: await newestHead(client.db), keys: await logKeys(client.db) };
  writeFileSync(head, JSON.stringify(kept));
  vi.stubEnv("SIGNING_KEYS", JSON.stringify(await rotated(parseSigningKeys(process.env.SIGNING_KEYS!))));
  await write(KEPT, ENTRIES - KEPT);
  whole = join(folder, "whole");
  await exportLog(client.db, whole);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await owner.end();
  await client.close();
});

/** The lines of a file of the whole export, read once. */
const linesRead = new Map<string, string[]>();
function lines(name: string): string[] {
  const read = linesRead.get(name) ?? readFileSync(join(whole, name), "utf8").split("\n").slice(0, -1);
  linesRead.set(name, read);
  return read;
}

/** A log with everything on it made anew over other entries: leaves, roots, and heads signed with the real key. */
async function remade(entries: readonly string[], sizes: readonly number[]) {
  const tree = new Growing();
  const leaves = entries.map((entry) => leafHash(entry));
  const heads: { size: number; head: string }[] = [];
  for (const leaf of leaves) {
    tree.add(leaf);
    if (sizes.includes(tree.size)) {
      const said = { size: tree.size, root: tree.root(), at: "2026-05-20T00:00:00.000000Z" };
      heads.push({ size: tree.size, head: await signHead(said) });
    }
  }
  return { leaves, heads };
}

describe("a log that is whole", () => {
  test.each([
    ["as an export", () => ["--export", whole]],
    ["as a database", () => ["--database", url]],
  ])("%s verifies, with and without a head that was kept", async (_, args) => {
    const plain = await verify(...args());
    expect(plain).toMatchObject({ status: 0 });
    expect(plain.said).toContain("You gave no head that was kept outside");
    const { status, said } = await verify(...args(), "--head", head);
    expect(status, said).toBe(0);
    expect(said).toContain(`${ENTRIES} entries, each of them what its leaf`);
    expect(said).toContain("3 signed heads");
    expect(said).toContain(`The head you kept, of ${KEPT} entries, is the beginning of this log`);
    expect(said).toContain("2 keys, 1 of them vouched for");
    expect(said).toContain(`Root ${claimedHead((await newestHead(client.db))!)!.root}`);
  });

  test("takes a head alone, too, and refuses another installation's", async () => {
    const alone = join(folder, "alone.txt");
    writeFileSync(alone, JSON.parse(readFileSync(head, "utf8")).head);
    expect((await verify("--export", whole, "--head", alone)).status).toBe(0);
    const [first] = parseSigningKeys(process.env.SIGNING_KEYS!);
    vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
    const strange = await signHead({ size: 1, root: leafHash(lines("log.jsonl")[0]!), at: "2026" });
    vi.stubEnv("SIGNING_KEYS", JSON.stringify([first]));
    writeFileSync(alone, strange);
    expect(await verify("--export", whole, "--head", alone)).toMatchObject({ status: 1 });
  });

  test("is whole whatever somebody brought as a receipt, and not with a receipt of another log", async () => {
    const place = join(folder, "receipts");
    cpSync(whole, place, { recursive: true });
    const bring = (receipt: string) =>
      writeFileSync(join(place, "receipts.jsonl"), `${JSON.stringify({ dealId: "D-1", receipt })}\n`);
    const ours = (log: string) => signCompact("gate-receipt+jwt", { sub: "D-1", log });
    const newest = (await newestHead(client.db))!;
    for (const text of ["no receipt", newest, `${(await ours(newest)).slice(0, -4)}AAAA`]) {
      bring(text);
      const { status, said } = await verify("--export", place);
      expect(status, said).toBe(0);
      expect(said).toContain("1 text kept in a receipt's place that is none");
    }
    bring(await ours(newest));
    expect((await verify("--export", place)).said).toContain("1 head on seals, signatures and receipts");
    bring(await ours(await signHead({ size: 9, root: "0".repeat(64), at: "2026-05-20T00:00:00Z" })));
    const { status, said } = await verify("--export", place);
    expect(status).toBe(1);
    expect(said).toMatch(/the head on the receipt of the deal D-1 over 9 entries/);
  });

  test("gives proofs that verify, and none for what is not in it", async () => {
    const context = { db: client.db, actor: COMMAND_LINE, today: "2026-05-20" };
    const proof = await answer(auditProof, { id: 33 }, context);
    const file = join(folder, "proof.json");
    writeFileSync(file, JSON.stringify(proof));
    const { status, said } = await verify("--proof", file, "--head", head);
    expect(status, said).toBe(0);
    expect(said).toContain(`Entry 33 is number 33 of the ${ENTRIES} entries`);
    for (const forged of [
      { ...proof, entry: proof.entry.replace("D-32", "D-99") },
      { ...proof, place: 31 },
      { ...proof, path: proof.path.slice(1) },
      { ...proof, head: JSON.parse(readFileSync(head, "utf8")).head },
    ]) {
      writeFileSync(file, JSON.stringify(forged));
      expect((await verify("--proof", file)).status).toBe(1);
    }
  });

  test("is not asked for in a way that is none", async () => {
    for (const args of [[], ["--export", whole, "--database", url], ["--nothing"]])
      expect((await verify(...args)).status).toBe(2);
  });
});

/** One thing done to the entries: of those before the kept head, by chance. */
function tampered(entries: readonly string[], random: () => number): { how: string; entries: string[] } {
  const at = Math.floor(random() * KEPT);
  const other = (at + 1 + Math.floor(random() * (KEPT - 1))) % KEPT;
  const changes = [
    () => ({ how: `change ${at}`, entries: entries.with(at, changed(entries[at]!, random)) }),
    () => ({ how: `delete ${at}`, entries: entries.toSpliced(at, 1) }),
    () => ({ how: `insert ${at}`, entries: entries.toSpliced(at, 0, renumbered(entries[at]!)) }),
    () => ({
      how: `swap ${at} ${other}`,
      entries: entries.with(at, entries[other]!).with(other, entries[at]!),
    }),
    () => ({ how: `cut to ${at}`, entries: entries.slice(0, at) }),
    () => ({ how: `cut before ${at + 1}`, entries: entries.slice(at + 1) }),
  ];
  return changes[Math.floor(random() * changes.length)]!();
}

/** Another value of one field; still an entry, canonically written. */
function changed(line: string, random: () => number): string {
  const entry = JSON.parse(line);
  const amount = JSON.stringify(entry.after.amount);
  return [
    line.replace(`"amount":${amount}`, `"amount":${entry.after.amount + 1}`),
    line.replace('"before":{"amount":1}', '"before":null'),
    line.replace("user:U-1", "user:U-2"),
    line.replace(entry.at, entry.at.replace(/\d{6}Z/, random() < 0.5 ? "000000Z" : "999999Z")),
    line.replace("edit-deal", "close-deal"),
  ][Math.floor(random() * 5)]!;
}
const renumbered = (line: string) => line.replace("D-", "D-9");

/** Repeats itself from a seed, so that what was not found can be looked at. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("whatever was done to a log of which one head was kept", () => {
  /** One thing done by chance, with tree and heads as they were or made anew over it. */
  async function forge(seed: number) {
    const random = randomOf(seed * 7_919 + 1);
    for (let skip = 0; skip < 5; skip++) random();
    const { how, entries } = tampered(lines("log.jsonl"), random);
    const isMadeAnew = random() < 0.7;
    const { leaves, heads } = isMadeAnew
      ? await remade(entries, [20, KEPT, entries.length])
      : { leaves: lines("leaves.txt"), heads: lines("heads.jsonl").map((line) => JSON.parse(line)) };
    return {
      what: `${seed} ${how}, made anew ${isMadeAnew}`,
      entries,
      leaves,
      heads,
      of: isMadeAnew ? entries : lines("log.jsonl"),
    };
  }

  type Forged = Awaited<ReturnType<typeof forge>>;
  const inMemory = ({ entries, leaves, heads }: Omit<Forged, "of">) => ({
    ...{ waiting: 0, leaves: leaves.length },
    keys: async () => lines("keys.jsonl").map((line) => JSON.parse(line)),
    heads: async function* () {
      yield* heads;
    },
    entries: async function* () {
      yield* entries.map((line, place) => ({ line, leaf: leaves[place] ?? null, id: null }));
    },
    people: () => [],
    policies: () => [],
    plans: () => [],
    seals: async () => [],
    receipts: () => [],
  });

  function inFolder({ entries, leaves, heads }: Forged) {
    const place = mkdtempSync(join(folder, "forged-"));
    cpSync(whole, place, { recursive: true });
    const put = (name: string, text: readonly string[]) =>
      writeFileSync(join(place, name), text.map((line) => `${line}\n`).join(""));
    put("log.jsonl", entries);
    put("leaves.txt", leaves);
    put(
      "heads.jsonl",
      heads.map((one) => JSON.stringify(one)),
    );
    return readExport(place);
  }

  test(`is found in an export, made anew or not: ${TURNS} times`, async () => {
    const kept = JSON.parse(readFileSync(head, "utf8"));
    const missed: string[] = [];
    for (let seed = 0; seed < TURNS; seed++) {
      const forged = await forge(seed);
      const source = seed % (TURNS / A_FOLDER) < 1 ? inFolder(forged) : inMemory(forged);
      const found = await check(source, kept).then(
        () => null,
        (error: unknown) => error,
      );
      // A fault of the log, not one of this program.
      if ((found as { status?: number } | null)?.status !== 1) missed.push(`${forged.what}: ${found}`);
    }
    expect(missed).toEqual([]);
    // And what nobody touched is not called faulty, in memory either.
    const whole = { what: "nothing", entries: lines("log.jsonl"), leaves: lines("leaves.txt") };
    const heads = lines("heads.jsonl").map((line) => JSON.parse(line));
    await check(inMemory({ ...whole, heads }), kept);
  }, 3_600_000);

  const OFF = ["audit_log", "audit_tree", "audit_heads", "audit_keys"];
  /** Runs statements as the owner with every trigger off, and takes them back after a look. */
  async function inDatabase(
    change: (sql: postgres.TransactionSql) => Promise<unknown>,
    look: () => Promise<void>,
  ) {
    const copy = OFF.map((table) => `create temp table was_${table} as table ${table}`).join(";");
    const off = OFF.map((table) => `alter table ${table} disable trigger all`).join(";");
    await owner.unsafe(`${copy}; ${off}`);
    try {
      await owner.begin((sql) => change(sql));
      await look();
    } finally {
      const wipe = OFF.toReversed()
        .map((table) => `delete from ${table}`)
        .join(";");
      const back = OFF.map(
        (table) => `insert into ${table} select * from was_${table}; drop table was_${table}`,
      );
      await owner.unsafe(`${wipe}; ${back.join(";")}`);
    }
  }

  /** Makes tree and heads of the database anew over the entries that are there now, signed with the real key. */
  async function makeAnew(tx: postgres.TransactionSql): Promise<void> {
    const rows =
      await tx`select l.id::text as id, l.actor, l.action, l.request, l.deal_id, l.subject_kind, l.subject_id,
      l.before, l.after, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from audit_log l order by l.id`;
    const entries = rows.map((row) => entryLine(row as never));
    const { leaves, heads } = await remade(entries, [20, KEPT, entries.length]);
    await tx`delete from audit_heads`;
    await tx`delete from audit_tree`;
    for (const [place, hash] of leaves.entries())
      await tx`insert into audit_tree (level, place, hash, audit_id) values (0, ${place}, ${hash}, ${rows[place]!.id})`;
    for (const one of heads) await tx`insert into audit_heads ${tx({ size: one.size, head: one.head })}`;
  }

  test.each([
    ["an entry changed", "update audit_log set actor = 'user:U-2' where id = 7"],
    ["what stood before changed", "update audit_log set before = null where id = 7"],
    ["an entry deleted", "delete from audit_tree where audit_id = 7; delete from audit_log where id = 7"],
    [
      "two entries swapped",
      "update audit_log set id = 999 where id = 7; update audit_log set id = 7 where id = 9; update audit_log set id = 9 where id = 999",
    ],
    [
      "the end cut off",
      "delete from audit_tree where audit_id > 30; delete from audit_log where id > 30; delete from audit_heads where size > 30",
    ],
    [
      "the beginning cut off",
      "delete from audit_tree where audit_id < 5; delete from audit_log where id < 5",
    ],
    [
      "an entry slipped in",
      `update audit_log set id = id + 1000 where id >= 7; update audit_tree set audit_id = audit_id + 1000 where audit_id >= 7;
       insert into audit_log (id, actor, action, request, subject_kind, subject_id)
       values (7, 'user:U-1', 'edit-deal', 'R-1', 'deal', 'D-0')`,
    ],
    ["another key in its place", "update audit_keys set x = reverse(x)"],
  ])("is found in a database, made anew or not: %s", async (_, statement) => {
    await inDatabase(
      (tx) => tx.unsafe(statement),
      async () => expect(await verify("--database", url, "--head", head)).toMatchObject({ status: 1 }),
    );
    if (statement.includes("audit_keys")) return;
    await inDatabase(
      async (tx) => {
        await tx.unsafe(statement);
        await makeAnew(tx);
      },
      async () => {
        const { status, said } = await verify("--database", url, "--head", head);
        expect(status, said).toBe(1);
        expect(said).toMatch(/the head you kept/);
        // Without a head that was kept nobody could know: that is what one is for.
        expect((await verify("--database", url)).status).toBe(0);
      },
    );
  });

  test(`is found in a database, whatever was done to it by chance: ${DATABASE_TURNS} times`, async () => {
    const kept = JSON.parse(readFileSync(head, "utf8"));
    const missed: string[] = [];
    let tried = 0;
    for (let seed = TURNS; seed < TURNS + DATABASE_TURNS; seed++) {
      const { what, entries, leaves, heads, of } = await forge(seed);
      const rows = entries.map((line) => {
        const {
          dealId: deal_id,
          subjectKind: subject_kind,
          subjectId: subject_id,
          ...rest
        } = JSON.parse(line);
        return { ...rest, deal_id, subject_kind, subject_id };
      });
      const ids = new Set<string>();
      // An id is one entry's: to a double the database itself says no.
      if (rows.some(({ id }) => ids.size === ids.add(id).size)) continue;
      // Rows of a table have no order: the same ones at the same places of the tree are no change.
      if (of !== entries && entries.toSorted().join() === of.toSorted().join()) continue;
      tried += 1;
      await inDatabase(
        async (tx) => {
          await tx`delete from audit_heads`;
          await tx`delete from audit_tree`;
          await tx`delete from audit_log`;
          await tx`insert into audit_log select * from json_populate_recordset(null::audit_log, ${JSON.stringify(rows)}::text::json)`;
          for (const [place, hash] of leaves.entries())
            await tx`insert into audit_tree (level, place, hash, audit_id) values (0, ${place}, ${hash}, ${JSON.parse(of[place]!).id})`;
          for (const one of heads)
            await tx`insert into audit_heads ${tx({ size: one.size, head: one.head })}`;
        },
        async () => {
          const database = await readDatabase(url);
          if ((await check(database, kept).then(() => null, String)) === null) missed.push(what);
          await database.close();
        },
      );
    }
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(DATABASE_TURNS / 2);
  }, 3_600_000);

  test("and what was put back is whole again", async () => {
    const found: string[] = [];
    for await (const batch of eachPlaced(client.db, "999999")) found.push(...batch.map(entryLine));
    expect(found).toEqual(lines("log.jsonl"));
    expect((await verify("--database", url, "--head", head)).status).toBe(0);
  });
});

import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { growLog } from "@/lib/audit/grow";
import { verifyLog } from "@/lib/audit/verify-log";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { deferException } from "@/lib/commands/exception/defer-exception";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { report, verify } from "./verified-quarter";

/** A frozen quarter, and what somebody with the server's keys and every trigger off can do to it. */
const QUARTER = "2026-Q1";
const THEN = { today: "2026-03-20" };
let company: Company;
let owner: postgres.Sql;

beforeAll(async () => {
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  company = await openCompany();
  owner = postgres(company.url, { max: 1, onnotice: () => {} });
  for (const id of ["D-1", "D-2", "D-3"]) {
    const deal = { id, account: `Account ${id}`, amount: 100_000, currency: "USD", createdOn: "2026-02-01" };
    await company.as("ana", createDeal, { ...deal, stage: 2 }, THEN);
  }
  const row = { dealId: "D-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-02-01" };
  await company.as("ana", tagPartner, row, THEN);
  await company.as("ana", confirmNoPartner, { dealId: "D-2" }, THEN);
  for (const dealId of ["D-1", "D-2"]) {
    const [{ version } = { version: 0 }] = await company.client.db.execute<{ version: number }>(
      sql`select version from deals where id = ${dealId}`,
    );
    await company.as("ana", closeDeal, { dealId, version, outcome: "won" }, THEN);
  }
  const claim = { dealId: "D-2", kind: "other", partnerId: "P-2", claim: "they were there" };
  await company.as("pam", raiseException, claim, THEN);
  const open = await company.client.db.execute<{ id: string }>(sql`select id from exceptions`);
  for (const { id: exceptionId } of open)
    await company.as(
      "fay",
      deferException,
      { exceptionId, to: "hope", until: "2026-06-30" },
      { today: "2026-04-10" },
    );
  await growAll();
  await freezeOf(company, QUARTER, "2026-04-10");
  await growAll();
}, 120_000);
/** Until nothing waits. */
async function growAll(): Promise<void> {
  for (let waiting = 1; waiting > 0; ) {
    await growLog(company.client);
    const verdict = await verifyLog(company.client.db);
    waiting = verdict.ok ? verdict.waiting : 0;
  }
}
afterAll(async () => {
  vi.unstubAllEnvs();
  await owner.end();
  await company.close();
});

const TABLES = ["sealed_quarters", "sealed_deals", "reviews", "audit_log", "audit_tree", "audit_heads"];
/** Runs a statement with every trigger off, and after `work` puts each of those tables back as it was. */
async function tampered(statement: string, work: () => Promise<void>): Promise<void> {
  const off = TABLES.map((table) => `alter table ${table} disable trigger all`).join(";");
  const copy = TABLES.map((table) => `create temp table was_${table} as table ${table}`).join(";");
  await owner.unsafe(`${off}; ${copy}; begin; ${statement}; commit`);
  try {
    await work();
  } finally {
    // Children go before their parents, and come after them.
    const wipe = TABLES.toReversed()
      .map((table) => `delete from ${table}`)
      .join(";");
    const back = TABLES.map(
      (table) => `insert into ${table} select * from was_${table}; drop table was_${table}`,
    );
    await owner.unsafe(`set session_replication_role = replica; ${wipe}; ${back.join(";")};
      set session_replication_role = default`);
  }
}

/** A header rewritten and the digest made anew over it, as somebody would who knows how. */
const rewritten = (change: string) => `
  update sealed_quarters set header = ${change};
  update sealed_quarters q set digest = encode(sha256(convert_to(q.header || E'\\n' || (
    select string_agg(document || E'\\n', '' order by deal_id) from sealed_deals), 'UTF8')), 'hex')`;
const columnOf = (column: string, value: string) => `update sealed_quarters set ${column} = ${value}`;

test("says on success what it checked", async () => {
  const verified = await verify(company.client.db, QUARTER);
  expect(verified.difference).toBeNull();
  const [seal] = await company.client.db.execute<{ digest: string }>(sql`select digest from sealed_quarters`);
  const said = report(verified);
  for (const words of [
    `${QUARTER} holds: 2026-01-01 to 2026-03-31`,
    "Frozen by Fay Chen at ",
    "prepared by Hope Adler at ",
    "2 closed deals among 3 documents",
    `Digest ${seal!.digest}`,
    /Audit entry \d+ says the same, leaf [0-9a-f]{64}/,
  ])
    expect(said).toMatch(words);
});

describe("a tampered seal is found, and named:", () => {
  test.each<[string, string, RegExp]>([
    ["who froze it", columnOf("sealed_by_name", "'Mallory'"), /^column sealed_by_name$/],
    ["whose account did", columnOf("sealed_by", "'rita'"), /^column sealed_by$/],
    ["when", columnOf("sealed_at", "'2020-01-01'"), /^column sealed_at$/],
    ["the log's head", columnOf("log_head", "null"), /^column log_head$/],
    ["in which transaction", columnOf("sealed_in", "'1'"), /^column sealed_in$/],
    ["as of when", columnOf("as_of", "'2026-04-09'"), /^column as_of$/],
    ["its first day", columnOf("from_day", "'2026-01-02'"), /^column from_day$/],
    ["its last day", columnOf("to_day", "'2026-03-30'"), /^column to_day$/],
    ["how many documents", columnOf("deals", "9"), /^column deals$/],
    ["how many closed deals", columnOf("closed", "9"), /^column closed$/],
    ["who prepared it", columnOf("prepared_by", "'rita'"), /^column prepared_by$/],
    ["under which name", columnOf("prepared_by_name", "'Mallory'"), /^column prepared_by_name$/],
    ["prepared when", columnOf("prepared_at", "'2020-01-01'"), /^column prepared_at$/],
    ["that it is the story's", columnOf("demo", "true"), /^column demo$/],
    ["its tally", columnOf("tally", "'{}'"), /^tally$/],
    ["its digest", columnOf("digest", "repeat('0', 64)"), /^digest$/],
    [
      "its header",
      columnOf("header", "replace(header, 'All of us', 'None of us')"),
      /^the review's minutes$/,
    ],
    [
      "minutes, the review's too, with a digest made anew",
      `${rewritten("replace(header, 'All of us', 'None of us')")};
        update reviews set minutes = replace(minutes, 'All of us', 'None of us')`,
      /^audit entry \d+ digest$/,
    ],
    [
      "a claim, with a digest made anew",
      rewritten("replace(header, 'they were there', 'they were away')"),
      /^audit entry \d+ digest$/,
    ],
    [
      "a comparison, with a digest made anew",
      rewritten(`regexp_replace(header, '"prior":\\d+', '"prior":123456')`),
      /^audit entry \d+ digest$/,
    ],
    ["a number", rewritten(`replace(header, '"deals":2', '"deals":7')`), /./],
    [
      "its policy, with a digest made anew",
      rewritten(`replace(header, '"coSellMinimum":2', '"coSellMinimum":3')`),
      /^policies\./,
    ],
    [
      "an amount",
      "update sealed_deals set document = replace(document, '100000', '900000') where deal_id = 'D-1'",
      /^D-1 /,
    ],
    [
      "a column of a deal",
      "update sealed_deals set amount = 9 where deal_id = 'D-2'",
      /^D-2 projection\.amount$/,
    ],
    [
      "a name",
      "update sealed_deals set account = 'Other' where deal_id = 'D-3'",
      /^D-3 projection\.account$/,
    ],
    ["a deal that is gone", "delete from sealed_deals where deal_id = 'D-2'", /./],
    [
      "the log's digest",
      `update audit_log set after = jsonb_set(after, '{digest}', '"0"') where action = 'freeze-quarter'`,
      /^audit entry \d+ digest$/,
    ],
    [
      "who the log says it was",
      "update audit_log set actor = 'user:rita' where action = 'freeze-quarter'",
      /^audit entry \d+ actor$/,
    ],
    [
      "an entry that is gone",
      "delete from audit_tree where audit_id = (select max(id) from audit_log where action = 'freeze-quarter'); delete from audit_log where action = 'freeze-quarter'",
      /^audit log$/,
    ],
    [
      "a tree that is cut",
      "delete from audit_heads; delete from audit_tree where audit_id >= (select id from audit_log where action = 'freeze-quarter')",
      /^audit entry \d+$/,
    ],
    [
      "a log that is cut before it",
      "delete from audit_tree where audit_id = 1; delete from audit_log where id = 1",
      /^audit log, entry \d+$/,
    ],
    [
      "minutes, where they were written",
      "update reviews set minutes = 'Nobody came.'",
      /^the review's minutes$/,
    ],
  ])("%s", async (_, statement, at) => {
    await tampered(statement, async () => {
      const { difference } = await verify(company.client.db, QUARTER);
      expect(difference?.at).toMatch(at);
    });
  });

  test("and what is put back holds again", async () => {
    expect((await verify(company.client.db, QUARTER)).difference).toBeNull();
  });
});

test.each([
  ["a quarter that is not frozen", "2026-Q2", /is a quarter, and is not frozen/],
  ["no quarter", "2026-Q5", /^quarter/],
])("refuses %s in words of its own", async (_, label, words) => {
  await expect(verify(company.client.db, label)).rejects.toThrow(words);
});

// Long: every kind of the interchange format lands on one database, told in order.
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import type { Kind } from "@/lib/interchange/kinds";
import { createUser } from "../company/create-user";
import { perform } from "../door";
import { grantProgram } from "../partner/grant-program";
import { importBatch } from "./import-batch";
import { saveMapping } from "./save-mapping";

const TODAY = "2026-06-30";
let client: Client;

beforeAll(async () => {
  client = connect((await testDatabase()).url, { max: 2 });
});
afterAll(() => client.close());

type Values = Record<string, string>;

async function land(kind: Kind, ...rows: Values[]) {
  const { answer } = await perform(
    importBatch,
    { kind, rows: rows.map((values, at) => ({ line: at + 2, values })) },
    { actor: COMMAND_LINE, client, today: TODAY },
  );
  const { created, updated, unchanged, refused } = answer;
  return {
    counts: [created, updated, unchanged],
    refused: refused.map((row) => `${row.line} ${row.field}: ${row.reason}`),
  };
}

const partner = (id: string, parent = "", programs = ""): Values => ({
  id,
  name: `Partner ${id}`,
  kind: "agency",
  parent_id: parent,
  programs,
});
const deal = (id: string, changes: Values = {}): Values => ({
  id,
  account: "Acme",
  owner: "Ann",
  amount: "100.00",
  currency: "USD",
  type: "new",
  route: "direct",
  created_on: "2026-01-10",
  closed_on: "",
  outcome: "open",
  first_engaged_on: "",
  recreated_from: "",
  ...changes,
});
const role = (id: string, dealId: string, partnerId: string, changes: Values = {}): Values => ({
  id,
  deal_id: dealId,
  partner_id: partnerId,
  role: "sourcer",
  touch_stage: "0",
  touched_on: "2026-01-08",
  recorded_on: "2026-01-11",
  confirmed_on: "",
  ...changes,
});

async function one(query: SQL): Promise<Record<string, unknown> | undefined> {
  const [row] = await client.db.execute<Record<string, unknown>>(query);
  return row;
}

/** Writes as the application would, past the verbs, to set a scene that another verb makes. */
const set = (statement: SQL) =>
  guardedTransaction(client, { actor: "system:test", request: "scene" }, async (tx) => {
    await tx.execute(statement);
  });

describe("references", () => {
  test("a parent may stand later in the file; circles, orphans and what hangs on them are refused", async () => {
    const landed = await land(
      "partners",
      partner("C", "B"),
      partner("B", "A"),
      partner("A"),
      partner("X", "Y"),
      partner("Y", "X"),
      partner("O", "nobody"),
      partner("OO", "O"),
      partner("S", "S"),
    );
    expect(landed.counts).toEqual([3, 0, 0]);
    expect(landed.refused).toEqual([
      "5 parent_id: there is no partner with this id",
      "6 parent_id: a partner cannot be its own ancestor",
      "7 parent_id: there is no partner with this id",
      "8 parent_id: there is no partner with this id",
      "9 parent_id: a partner cannot be its own ancestor",
    ]);
    expect((await land("partners", partner("A", "C"))).refused).toEqual([
      "2 parent_id: a partner cannot be its own ancestor",
    ]);
  });

  test("good rows land beside rows of unknown deals and partners and a second row of a role", async () => {
    expect((await land("deals", deal("D-1"), deal("D-1"), deal("D-2", { amount: "x" }))).counts).toEqual([
      1, 0, 0,
    ]);
    const landed = await land(
      "roles",
      role("T-1", "D-1", "A"),
      role("T-2", "D-9", "A"),
      role("T-3", "D-1", "Z"),
      role("T-4", "D-1", "A"),
      role("T-5", "D-1", "B"),
    );
    expect(landed).toEqual({
      counts: [2, 0, 0],
      refused: [
        "3 deal_id: there is no deal with this id",
        "4 partner_id: there is no partner with this id",
        expect.stringMatching(
          /^5 role: row T-1 has this partner and role on the deal already; .*--replace-roles/,
        ),
      ],
    });
    expect((await land("roles", role("T-6", "D-1", "A"))).refused).toEqual([
      expect.stringMatching(/^2 role: row T-1 has this partner and role/),
    ]);
    expect(
      (await land("stage_history", { deal_id: "D-9", stage: "1", entered_on: "2026-01-10" })).refused,
    ).toEqual(["2 deal_id: there is no deal with this id"]);
  });
});

describe("what is stored", () => {
  test("a changed row updates its columns, is audited with before and after, and judged", async () => {
    await land("deals", deal("D-3"));
    await land("registrations", {
      id: "R-3",
      deal_id: "D-3",
      partner_id: "A",
      submitted_on: "2026-01-05",
      status: "pending",
    });
    const outcome = () => one(sql`select outcome, disputed from judged_deals where deal_id = 'D-3'`);
    expect(await outcome()).toEqual({ outcome: "none", disputed: true });
    const approved = {
      id: "R-3",
      deal_id: "D-3",
      partner_id: "A",
      submitted_on: "2026-01-05",
      status: "approved",
    };
    expect((await land("registrations", approved)).counts).toEqual([0, 1, 0]);
    expect(await outcome()).toEqual({ outcome: "sourced", disputed: false });
    expect((await land("registrations", approved)).counts).toEqual([0, 0, 1]);
    const entry = await one(sql`select before ->> 'status' as before, after ->> 'status' as after, deal_id
      from audit_log where subject_id = 'R-3' order by id desc limit 1`);
    expect(entry).toEqual({ before: "pending", after: "approved", deal_id: "D-3" });
  });

  test("a registration's days of record and decision are the file's, else those that stand", async () => {
    await land("deals", deal("D-6", { closed_on: "2026-03-01", outcome: "won" }));
    const told = {
      ...{ id: "R-6", deal_id: "D-6", partner_id: "A", submitted_on: "2026-01-05", status: "approved" },
      ...{ recorded_on: "2026-01-07", decided_on: "2026-01-09", reason: "" },
    };
    const stored = () =>
      one(sql`select recorded_on::text as recorded, decided_on::text as decided, reason, recorded_by, decided_by
        from registrations where id = 'R-6'`);
    const nobody = { recorded_by: null, decided_by: null };
    expect((await land("registrations", told)).counts).toEqual([1, 0, 0]);
    const days = { recorded: "2026-01-07", decided: "2026-01-09", reason: null };
    expect(await stored()).toEqual({ ...days, ...nobody });
    const { recorded_on: _, decided_on: __, reason: ___, ...silent } = told;
    expect((await land("registrations", told)).counts).toEqual([0, 0, 1]);
    expect((await land("registrations", silent)).counts).toEqual([0, 0, 1]);
    const outcome = () => one(sql`select outcome, gray::text from judged_deals where deal_id = 'D-6'`);
    expect(await outcome()).toEqual({ outcome: "sourced", gray: "{}" });
    const late = { ...told, recorded_on: "2026-03-02", decided_on: "2026-03-02", reason: "Found again" };
    expect((await land("registrations", late)).counts).toEqual([0, 1, 0]);
    expect(await stored()).toMatchObject({ recorded: "2026-03-02", reason: "Found again" });
    expect(await outcome()).toEqual({ outcome: "none", gray: "{late_record}" });
    const withdrawn = { ...silent, status: "pending" };
    expect((await land("registrations", withdrawn)).counts).toEqual([0, 1, 0]);
    expect(await stored()).toMatchObject({ recorded: "2026-03-02", decided: null });
  });

  test("a partner's programs have the days that the file gives them; one it names no more has ended", async () => {
    await land("partners", partner("P-prog", "", "a; b@2025-01-01.."));
    const stored = async () => {
      const rows = await client.db.execute<{ told: string }>(sql`
        select name || ' ' || coalesce(from_day::text, '-') || ' ' || coalesce(to_day::text, '-') as told
        from partner_programs where partner_id = 'P-prog' order by 1`);
      return [...rows].map(({ told }) => told);
    };
    expect(await stored()).toEqual(["a - -", "b 2025-01-01 -"]);
    expect((await land("partners", partner("P-prog", "", "b;a"))).counts).toEqual([0, 0, 1]);
    expect((await land("partners", partner("P-prog", "", "a@2025-02-01..2025-12-31;b"))).counts).toEqual([
      0, 1, 0,
    ]);
    expect(await stored()).toEqual(["a 2025-02-01 2025-12-31", "b 2025-01-01 -"]);
    expect((await land("partners", partner("P-prog", "", "c"))).counts).toEqual([0, 1, 0]);
    expect(await stored()).toEqual(["a 2025-02-01 2025-12-31", `b 2025-01-01 ${TODAY}`, "c - -"]);
    expect((await land("partners", partner("P-prog", "", "c"))).counts).toEqual([0, 0, 1]);
    const { programs: _, ...silent } = partner("P-prog");
    expect((await land("partners", silent)).counts).toEqual([0, 0, 1]);
    expect(await stored()).toHaveLength(3);
  });

  test("a fact that moves to another deal has both judged", async () => {
    await land("deals", deal("D-4"), deal("D-5"));
    await land("roles", role("T-7", "D-4", "B", { confirmed_on: "2026-01-12" }));
    await land("roles", role("T-7", "D-5", "B", { confirmed_on: "2026-01-12" }));
    const outcomes = await client.db.execute(
      sql`select deal_id, outcome from judged_deals where deal_id in ('D-4', 'D-5') order by 1`,
    );
    expect([...outcomes]).toEqual([
      { deal_id: "D-4", outcome: "none" },
      { deal_id: "D-5", outcome: "sourced" },
    ]);
  });

  test("a partner's new program has its deals judged", async () => {
    await land("deals", deal("D-6"));
    await land("roles", role("T-8", "D-6", "C"));
    expect(await one(sql`select outcome from judged_deals where deal_id = 'D-6'`)).toEqual({
      outcome: "none",
    });
    expect((await land("partners", partner("C", "B", "pe_vc_pricing"))).counts).toEqual([0, 1, 0]);
    expect(await one(sql`select outcome from judged_deals where deal_id = 'D-6'`)).toEqual({
      outcome: "sourced",
    });
  });

  test("absent columns and what was added here stay; a confirmation stands while its claim does", async () => {
    await set(sql`insert into users (id, email, name, role, owner_name, password_hash)
      values ('U-1', 'ann@example.test', 'Ann', 'ae', 'Ann', 'x')`);
    await land("deals", deal("D-7", { first_engaged_on: "2026-01-09" }));
    await set(sql`update deals set no_partner_on = '2026-02-01', no_partner_by = 'U-1' where id = 'D-7'`);
    const { first_engaged_on: _, ...without } = deal("D-7", { owner: "Bob" });
    expect((await land("deals", without)).counts).toEqual([0, 1, 0]);
    const stored = () =>
      one(
        sql`select owner, first_engaged_on::text as engaged, no_partner_by as by from deals where id = 'D-7'`,
      );
    expect(await stored()).toEqual({ owner: "Bob", engaged: "2026-01-09", by: "U-1" });

    await land("roles", role("T-9", "D-7", "A"));
    expect(await stored()).toMatchObject({ by: null });
    await set(
      sql`update role_rows set contact = 'Zoe', confirmed_on = '2026-02-02', confirmed_by = 'U-1' where id = 'T-9'`,
    );
    const row = () =>
      one(sql`select contact, confirmed_on::text as on, confirmed_by as by from role_rows where id = 'T-9'`);
    expect((await land("roles", role("T-9", "D-7", "A"))).counts).toEqual([0, 0, 1]);
    expect(await row()).toEqual({ contact: "Zoe", on: "2026-02-02", by: "U-1" });
    expect((await land("roles", role("T-9", "D-7", "A", { touch_stage: "1" }))).counts).toEqual([0, 1, 0]);
    expect(await row()).toEqual({ contact: "Zoe", on: null, by: null });
  });

  test("costs and rates have no id: their quarter and words are the key", async () => {
    const cost = {
      quarter: "2026-Q1",
      side: "direct_sales",
      category: "travel",
      amount: "10.00",
      currency: "USD",
    };
    expect((await land("costs", cost, { ...cost, currency: "EUR" }, cost)).counts).toEqual([2, 0, 0]);
    expect((await land("costs", { ...cost, amount: "10.01" })).counts).toEqual([0, 1, 0]);
    const rate = { quarter: "2026-Q1", currency: "EUR", rate: "1.0830" };
    expect((await land("rates", rate)).counts).toEqual([1, 0, 0]);
    expect((await land("rates", { ...rate, rate: "1.083" })).counts).toEqual([0, 0, 1]);
  });

  test("a file is one entry, whose counts are the server's own, and its rows carry it", async () => {
    const sha256 = "ab".repeat(32);
    const file = { name: "partners.csv", sha256, bytes: 99, source: "crm" };
    const send = (rows: Values[], more: object) =>
      perform(
        importBatch,
        {
          kind: "partners",
          rows: rows.map((values, at) => ({ line: at + 2, values })),
          file: { ...file, ...more },
        },
        { actor: COMMAND_LINE, client, today: TODAY },
      );
    const first = await send([partner("A"), partner("F-1")], { refused: 2, isLast: false });
    const { importId } = first.answer;
    const entry = () =>
      one(sql`select kind, file_name, sha256, bytes::int, source, read, created, updated, unchanged, refused,
        imported_by, finished_at is not null as finished from imports where id = ${importId}`);
    const said = { kind: "partners", file_name: "partners.csv", sha256, bytes: 99, source: "crm" };
    const by = { imported_by: "command-line" };
    expect(await entry()).toEqual({
      ...{ ...said, ...by, read: 4, created: 1, updated: 0, unchanged: 1, refused: 2, finished: false },
    });
    const last = await send([partner("F-2"), {}], { importId });
    expect(await entry()).toEqual({
      ...{ ...said, ...by, read: 6, created: 2, updated: 0, unchanged: 1, refused: 3, finished: true },
    });
    const carried = await client.db.execute(
      sql`select id from partners where import_id = ${importId} order by id`,
    );
    expect([...carried]).toEqual([{ id: "F-1" }, { id: "F-2" }]);
    const logged = await one(sql`select before ->> 'read' as before, after ->> 'read' as after,
      after ->> 'sha256' as sha256, after ->> 'source' as source, after ->> 'landed' as landed
      from audit_log where request = ${last.request} and subject_kind = 'import'`);
    expect(logged).toEqual({ before: "4", after: "6", sha256, source: "crm", landed: "true" });
    await expect(send([partner("F-3")], { importId })).rejects.toMatchObject({
      rule: "the file has landed: it brings no more rows",
    });
  });

  test("a file remembers what its mapping did not translate, added up over its batches", async () => {
    const send = (unmapped: object[], more: object) =>
      perform(
        importBatch,
        { kind: "stage_history", rows: [], file: { name: "stages.csv", refused: 3, unmapped, ...more } },
        { actor: COMMAND_LINE, client, today: TODAY },
      );
    const pilot = { field: "stage", value: "Pilot" };
    const { importId } = (await send([{ ...pilot, rows: 2 }], { isLast: false })).answer;
    await send(
      [
        { ...pilot, rows: 3 },
        { field: "stage", value: "Legal", rows: 1 },
      ],
      { importId },
    );
    expect(await one(sql`select unmapped from imports where id = ${importId}`)).toEqual({
      unmapped: [
        { ...pilot, rows: 5 },
        { field: "stage", value: "Legal", rows: 1 },
      ],
    });
    await expect(send([{ ...pilot, rows: 1 }], { importId })).rejects.toMatchObject({
      rule: "the file has landed: it brings no more rows",
    });
  });

  test("only an admin imports", async () => {
    const actor = { ...COMMAND_LINE, role: "ae" as const };
    await expect(perform(importBatch, { kind: "deals", rows: [] }, { actor, client })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("saved mappings", () => {
  test("are checked, saved by name and replaced", async () => {
    const call = { actor: COMMAND_LINE, client };
    const fields = { deal_id: { column: "Opp" }, stage: { column: "Stage" }, entered_on: { column: "Day" } };
    const document = { kind: "stage_history", dates: "DD/MM/YYYY", fields };
    const first = await perform(saveMapping, { name: "CRM", document }, call);
    const again = await perform(saveMapping, { name: "CRM", document: { ...document, dates: null } }, call);
    expect(again.answer).toEqual(first.answer);
    const saved = await one(sql`select kind, document ->> 'dates' as dates from mappings where name = 'CRM'`);
    expect(saved).toEqual({ kind: "stage_history", dates: null });
    await expect(
      perform(saveMapping, { name: "bad", document: { kind: "deals", fields } }, call),
    ).rejects.toMatchObject({ code: "invalid", field: "document" });
  });
});

test("an activity's owner is told by mail address; one that nobody here has refuses the row, an absent column moves nobody", async () => {
  const person = { id: "olga", email: "olga@company.example", name: "Olga Lind", role: "partner_manager" };
  await perform(createUser, person, { actor: COMMAND_LINE, client, today: TODAY });
  await land("partners", partner("P-own"));
  await land("deals", deal("D-own"));
  const activity: Values = {
    ...{ id: "A-own", deal_id: "D-own", partner_id: "P-own", type: "joint_pitch", stage: "2" },
    ...{ occurred_on: "2026-02-01", recorded_on: "2026-02-01", proof: "", involvement: "direct" },
  };
  const owner = () => one(sql`select owner_id as owner from activities where id = 'A-own'`);
  expect(await land("activities", { ...activity, owner: "Olga@Company.example" })).toMatchObject({
    counts: [1, 0, 0],
  });
  expect(await owner()).toEqual({ owner: "olga" });
  expect(await land("activities", activity)).toMatchObject({ counts: [0, 0, 1] });
  expect(await land("activities", { ...activity, owner: "nobody@company.example" })).toEqual({
    counts: [0, 0, 0],
    refused: ["2 owner: nobody here has this mail address"],
  });
  expect(await land("activities", { ...activity, owner: "" })).toMatchObject({ counts: [0, 1, 0] });
  expect(await owner()).toEqual({ owner: null });
});

test("a partner's owner is who has the address; a file without the column leaves them, and no granter becomes one", async () => {
  const by = { client, today: TODAY };
  for (const [id, role] of [
    ["U-pm", "partner_manager"],
    ["U-head", "head_of_partnerships"],
  ] as const) {
    const person = { id, email: `${id.toLowerCase()}@company.example`, name: id, role };
    await perform(createUser, person, { actor: COMMAND_LINE, ...by });
  }
  const row = partner("P-owned");
  const owner = () => one(sql`select owner_id as owner from partners where id = 'P-owned'`);
  expect(await land("partners", { ...row, owner: "U-PM@company.example" })).toMatchObject({
    counts: [1, 0, 0],
  });
  expect(await owner()).toEqual({ owner: "U-pm" });
  expect(await land("partners", row)).toMatchObject({ counts: [0, 0, 1] });
  expect(await land("partners", { ...row, owner: "who@company.example" })).toMatchObject({
    refused: ["2 owner: nobody here has this mail address"],
  });
  const head = {
    ...COMMAND_LINE,
    id: "user:U-head",
    userId: "U-head",
    role: "head_of_partnerships" as const,
  };
  await perform(grantProgram, { partnerId: "P-owned", name: "launch" }, { actor: head, ...by });
  const held = { ...row, programs: `launch@${TODAY}..` };
  expect(await land("partners", { ...held, owner: "u-head@company.example" })).toMatchObject({
    counts: [0, 0, 0],
    refused: ["2 owner: granted its program: somebody else looks after it"],
  });
  expect(await land("partners", { ...held, owner: "" })).toMatchObject({ counts: [0, 1, 0], refused: [] });
  expect(await owner()).toEqual({ owner: null });
});

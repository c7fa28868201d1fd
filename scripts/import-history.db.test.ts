import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { perform } from "@/lib/commands/door";
import { importBatch } from "@/lib/commands/import/import-batch";
import { batchesOf } from "@/lib/connectors/csv/batches";
import { nothingRead } from "@/lib/connectors/csv/reader";
import type { Kind } from "@/lib/interchange/kinds";

const TODAY = "2026-06-30";
let client: Client;

type Values = Record<string, string>;

/** Lands a file as the command and the page do: cut into batches, one write each. */
async function land(kind: Kind, rows: readonly Values[], replace = false) {
  const numbered = rows.map((values, at) => ({ line: at + 2, values }));
  async function* readings() {
    yield { ...nothingRead(), rows: numbered };
  }
  const sum = { counts: [0, 0, 0], refused: [] as string[], removed: [] as string[] };
  for await (const batch of batchesOf(readings(), kind, replace)) {
    const { answer } = await perform(
      importBatch,
      { kind, replace, rows: batch.rows.map(({ line, values }) => ({ line, values: { ...values } })) },
      { actor: COMMAND_LINE, client, today: TODAY },
    );
    for (const [at, name] of (["created", "updated", "unchanged"] as const).entries())
      sum.counts[at] = sum.counts[at]! + answer[name];
    for (const { line, field } of answer.refused) sum.refused.push(`${line} ${field}`);
    for (const { dealId, stage, enteredOn } of answer.removed)
      sum.removed.push(`${dealId} ${stage} ${enteredOn}`);
  }
  return sum;
}

const deal = (id: string): Values => ({
  ...{ id, account: "Acme", owner: "Ann", amount: "50000.00", currency: "USD", type: "new", route: "direct" },
  ...{ created_on: "2024-01-01", closed_on: "2024-06-30", outcome: "won" },
});
const registration = (dealId: string, day = "2024-02-01"): Values => ({
  ...{ id: `R-${dealId}`, deal_id: dealId, partner_id: "P", submitted_on: day, status: "approved" },
});
const entry = (dealId: string, stage: number, day: string): Values => ({
  ...{ deal_id: dealId, stage: String(stage), entered_on: day },
});
const role = (id: string, changes: Values = {}): Values => ({
  ...{ id, deal_id: "DR", partner_id: "P", role: "sourcer", touch_stage: "0" },
  ...{ touched_on: "2024-01-08", recorded_on: "2024-01-11", ...changes },
});

const all = async (query: SQL) => [...(await client.db.execute<Record<string, unknown>>(query))];
const historyOf = async (dealId: string) =>
  (
    await all(sql`select stage || ' ' || entered_on || coalesce(' ' || entered_time, '') as said
      from stage_entries where deal_id = ${dealId} order by seq`)
  ).map(({ said }) => said);
const outcomeOf = async (dealId: string) =>
  (await all(sql`select outcome from judged_deals where deal_id = ${dealId}`))[0]?.outcome;

beforeAll(async () => {
  client = connect((await testDatabase()).url, { max: 2 });
  await land("partners", [
    { id: "P", name: "Northgate", kind: "agency" },
    { id: "Q", name: "Southgate", kind: "agency" },
  ]);
  const ids = ["KX", "KY", "H1", "LN", "DR", "TZ"];
  await land("deals", [...ids.map(deal), ...Array.from({ length: 2001 }, (_, at) => deal(`O-${at}`))]);
  await land("registrations", [
    ...["KX", "KY", "H1"].map((id) => registration(id)),
    registration("LN", "2024-02-20"),
  ]);
});
afterAll(() => client.close());

describe("history only adds", () => {
  test("a deal's rows may lie in different batches", async () => {
    const file = [
      entry("KY", 3, "2024-01-02"),
      entry("KY", 3, "2024-03-01"),
      entry("KX", 3, "2024-01-02"),
      ...Array.from({ length: 2001 }, (_, at) => entry(`O-${at}`, 1, "2024-01-05")),
      entry("KX", 3, "2024-03-01"),
    ];
    expect((await land("stage_history", file)).counts).toEqual([2005, 0, 0]);
    for (const id of ["KX", "KY"]) {
      expect(await historyOf(id)).toEqual(["3 2024-01-02", "3 2024-03-01"]);
      expect(await outcomeOf(id)).toBe("none");
    }
    expect((await land("stage_history", file)).counts).toEqual([0, 0, 2005]);
    expect((await land("stage_history", [...file].reverse())).counts).toEqual([0, 0, 2005]);
  });

  test("a later file adds to what stands, though it begins with the same stage", async () => {
    await land("stage_history", [entry("H1", 3, "2024-01-02")]);
    const later = [entry("H1", 3, "2024-03-01"), entry("H1", 4, "2024-03-10")];
    expect((await land("stage_history", later)).counts).toEqual([2, 0, 0]);
    expect(await historyOf("H1")).toEqual(["3 2024-01-02", "3 2024-03-01", "4 2024-03-10"]);
    expect(await outcomeOf("H1")).toBe("none");
  });

  test("entries of one day stand in the order of their times", async () => {
    await land("stage_history", [
      entry("LN", 2, "2024-02-20T15:00:00.000Z"),
      entry("LN", 1, "2024-02-20T09:00:00.000Z"),
    ]);
    expect(await historyOf("LN")).toEqual(["1 2024-02-20 09:00:00", "2 2024-02-20 15:00:00"]);
    expect(await outcomeOf("LN")).toBe("none");
  });

  test("an instant is of the company's day", async () => {
    await guardedTransaction(client, { actor: "system:test", request: "scene" }, async (tx) => {
      await tx.execute(sql`insert into settings (time_zone) values ('America/New_York')
        on conflict (id) do update set time_zone = excluded.time_zone`);
    });
    await land("stage_history", [entry("TZ", 2, "2024-04-01T03:30:00Z")]);
    expect(await historyOf("TZ")).toEqual(["2 2024-03-31 23:30:00"]);
  });
});

test("a file that replaces takes away what it does not hold, and says and logs it", async () => {
  const file = [entry("H1", 3, "2024-01-02"), entry("H1", 5, "2024-04-01")];
  const landed = await land("stage_history", file, true);
  expect(landed).toEqual({
    counts: [1, 0, 1],
    refused: [],
    removed: ["H1 3 2024-03-01", "H1 4 2024-03-10"],
  });
  expect(await historyOf("H1")).toEqual(["3 2024-01-02", "5 2024-04-01"]);
  expect(await historyOf("KY")).toHaveLength(2);
  const logged = await all(sql`select before ->> 'enteredOn' as day from audit_log
    where deal_id = 'H1' and subject_kind = 'stage_entry' and after is null order by 1`);
  expect(logged).toEqual([{ day: "2024-03-01" }, { day: "2024-03-10" }]);
  expect(await land("stage_history", file, true)).toEqual({ counts: [0, 0, 2], refused: [], removed: [] });
});

describe("role rows that the CRM made anew", () => {
  const stored = () =>
    all(sql`select id, partner_id as partner, contact, confirmed_on::text as on
    from role_rows where deal_id = 'DR' order by id`);

  test("one that replaces takes the place of an id that the file holds no more, with what stands there", async () => {
    await land("roles", [role("T1", { confirmed_on: "2024-01-12" }), role("T2", { partner_id: "Q" })]);
    const anew = [role("T3"), role("T2", { partner_id: "Q" })];
    expect((await land("roles", anew)).refused).toEqual(["2 role"]);
    expect((await land("roles", anew, true)).counts).toEqual([0, 1, 1]);
    expect(await stored()).toEqual([
      { id: "T2", partner: "Q", contact: null, on: null },
      { id: "T3", partner: "P", contact: null, on: "2024-01-12" },
    ]);
    expect((await land("roles", anew, true)).counts).toEqual([0, 0, 2]);
  });

  test("two rows change places", async () => {
    const swapped = [role("T3", { partner_id: "Q" }), role("T2")];
    expect(await land("roles", swapped)).toMatchObject({ counts: [0, 2, 0], refused: [] });
    expect((await stored()).map(({ id, partner }) => `${id} ${partner}`)).toEqual(["T2 P", "T3 Q"]);
    const blocked = [role("T3", { partner_id: "P" }), role("T2", { partner_id: "nobody" })];
    expect((await land("roles", blocked)).refused).toEqual(["2 role", "3 partner_id"]);
  });

  test("two rows change places with thousands of others between them, in whatever order, and again", async () => {
    const others = Array.from({ length: 2001 }, (_, at) => role(`TO-${at}`, { deal_id: `O-${at}` }));
    const [one, two] = [role("T3", { partner_id: "P" }), role("T2", { partner_id: "Q" })];
    expect((await land("roles", [one, ...others, two])).refused).toEqual([]);
    expect((await stored()).map(({ id, partner }) => `${id} ${partner}`)).toEqual(["T2 Q", "T3 P"]);
    const back = [role("T2"), ...others.toReversed(), role("T3", { partner_id: "Q" })];
    expect(await land("roles", back)).toMatchObject({ counts: [0, 2, 2001], refused: [] });
    expect((await stored()).map(({ id, partner }) => `${id} ${partner}`)).toEqual(["T2 P", "T3 Q"]);
    expect((await land("roles", back)).counts).toEqual([0, 0, 2003]);
  });
});

test("a file of deals adds the stage that it names to a deal's history, and says so as a change", async () => {
  const open = { ...deal("ST"), outcome: "open", closed_on: "" };
  await land("deals", [open]);
  const stands = { ...open, stage: "3", stage_entered_on: "2024-02-01" };
  expect((await land("deals", [stands])).counts).toEqual([0, 1, 0]);
  expect(await historyOf("ST")).toEqual(["3 2024-02-01"]);
  expect((await land("deals", [stands])).counts).toEqual([0, 0, 1]);
  expect((await land("deals", [{ ...open, stage: "4" }])).counts).toEqual([0, 1, 0]);
  expect(await historyOf("ST")).toEqual(["3 2024-02-01", `4 ${TODAY}`]);
  const logged = await all(sql`select after ->> 'stage' as stage from audit_log
    where deal_id = 'ST' and subject_kind = 'stage_entry' order by id`);
  expect(logged).toEqual([{ stage: "3" }, { stage: "4" }]);
});

test("what a deal says of itself lands with it; an absent column leaves what stands", async () => {
  const said = {
    name: "Renewal",
    url: "https://crm.example/1",
    probability: "75",
    forecast_category: "commit",
  };
  await land("deals", [{ ...deal("SAY"), ...said, expected_close_on: "2024-07-31", next_step: "Sign" }]);
  expect((await land("deals", [deal("SAY")])).counts).toEqual([0, 0, 1]);
  const [stored] =
    await all(sql`select name, crm_url, probability, forecast_category, expected_close_on::text as day,
    next_step from deals where id = 'SAY'`);
  expect(stored).toEqual({
    ...{ name: "Renewal", crm_url: "https://crm.example/1", probability: 75, forecast_category: "commit" },
    ...{ day: "2024-07-31", next_step: "Sign" },
  });
  expect((await land("deals", [{ ...deal("SAY"), next_step: "" }])).counts).toEqual([0, 1, 0]);
});

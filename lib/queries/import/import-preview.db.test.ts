import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { createUser } from "@/lib/commands/company/create-user";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { perform } from "@/lib/commands/door";
import { importBatch } from "@/lib/commands/import/import-batch";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { importPreview } from "./import-preview";

const TODAY = "2026-06-30";
let client: Client;

beforeAll(async () => {
  client = connect((await testDatabase()).url, { max: 2 });
});
afterAll(() => client.close());

const rows = (...names: string[]) =>
  names.map((name, at) => ({ line: at + 2, values: { id: `P-${at}`, name, kind: "agency" } }));

test("says what landing then does, and stores nothing itself", async () => {
  const land = (names: string[]) =>
    perform(
      importBatch,
      { kind: "partners", rows: rows(...names) },
      { actor: COMMAND_LINE, client, today: TODAY },
    );
  await land(["A", "B"]);
  const names = ["A", "B, renamed", "", "D"];
  const context = { db: client.db, actor: COMMAND_LINE, today: TODAY };
  const said = await importPreview.run(context, { kind: "partners", rows: rows(...names) });
  expect(said).toMatchObject({ create: 1, update: 1, unchanged: 1, refused: [{ line: 4, field: "name" }] });
  expect(said.changes).toEqual([
    { line: 3, id: "P-1", before: { name: "B" }, after: { name: "B, renamed" } },
    { line: 5, id: "P-3", before: null, after: { id: "P-3", name: "D", kind: "agency" } },
  ]);
  const [stored] = await client.db.execute(sql`select count(*)::int as partners from partners`);
  expect(stored).toEqual({ partners: 2 });
  const { answer } = await land(names);
  expect(answer).toMatchObject({ created: 1, updated: 1, unchanged: 1, refused: said.refused });
});

test("says by name whose an activity would be", async () => {
  const call = { actor: COMMAND_LINE, client, today: TODAY };
  const olga = { id: "olga", email: "olga@company.example", name: "Olga Lind", role: "partner_manager" };
  await perform(createUser, olga, call);
  await perform(createPartner, { id: "P-own", name: "Northgate", kind: "agency" }, call);
  const deal = {
    id: "D-own",
    owner: "Ann",
    amount: 1,
    currency: "USD",
    stage: 1,
    createdOn: "2026-01-01",
    account: "Acme",
  };
  const { dealId } = (await perform(createDeal, deal, call)).answer;
  const values = {
    ...{
      id: "A-1",
      deal_id: dealId,
      partner_id: "P-own",
      type: "joint_pitch",
      stage: "2",
      occurred_on: "2026-02-01",
    },
    ...{ recorded_on: "2026-02-01", involvement: "direct" },
  };
  await perform(importBatch, { kind: "activities", rows: [{ line: 2, values }] }, call);
  const context = { db: client.db, actor: COMMAND_LINE, today: TODAY };
  const rows = [{ line: 2, values: { ...values, owner: olga.email } }];
  expect((await importPreview.run(context, { kind: "activities", rows })).changes).toEqual([
    { line: 2, id: "A-1", before: { owner: null }, after: { owner: "Olga Lind" } },
  ]);
});

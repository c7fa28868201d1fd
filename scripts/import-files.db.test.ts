import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { perform } from "@/lib/commands/door";
import { runCommand } from "./run-command.fixture";

let folder: string;
let url: string;
let client: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-files-"));
  ({ url } = await testDatabase());
  client = connect(url, { max: 1 });
});
afterAll(async () => {
  await client.close();
  await rm(folder, { recursive: true, force: true });
});

/** Lands a file as a person does, on the command line. */
async function land(name: string, lines: readonly string[], ...args: string[]) {
  const file = join(folder, name);
  await writeFile(file, `${lines.join("\r\n")}\r\n`);
  return await runCommand(url, "import", ...args, file);
}

test("a Salesforce report lands by its header alone, with what was found said and its end passed over", async () => {
  const { status, last, said } = await land("report.csv", [
    "Opportunity ID,Opportunity Owner,Account Name,Stage,Amount,Close Date,Created Date,Type",
    '0063h00000ABcDe,Ann,Acme,Closed Won,"$12,000.00",3/31/2024,1/15/2024,New Business',
    "0063h00000ABcDf,Ann,Globex,Negotiation/Review,800,9/30/2026,6/10/2026,",
    ",,,,,,,",
    "Grand Total,,,,12800,,,",
    '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."',
  ]);
  expect(last, said).toBe("2 read, 2 created, 0 updated, 0 unchanged, 0 refused");
  expect(status).toBe(0);
  expect(said).toContain("read as Salesforce report");
  expect(said).toContain("Created Date: day (M/D/YYYY), e.g. 1/15/2024 → 15 Jan 2024");
  const deals = await client.db.execute(sql`select id, amount::int as amount, closed_on::text as closed,
    (select stage from stage_entries where deal_id = d.id) as stage from deals d order by id`);
  expect([...deals]).toEqual([
    { id: "0063h00000ABcDe", amount: 1200000, closed: "2024-03-31", stage: null },
    { id: "0063h00000ABcDf", amount: 80000, closed: null, stage: 5 },
  ]);
});

test("rows that a mapping leaves out are counted so, and refuse nothing", async () => {
  const mapping = join(folder, "history.json");
  await writeFile(
    mapping,
    JSON.stringify({
      kind: "stage_history",
      leaveOut: [{ column: "Stage", is: ["Closed Won"] }],
      fields: {
        deal_id: { column: "Deal" },
        stage: { column: "Stage", values: { Qualification: "2", Prospecting: "1" } },
        entered_on: { column: "When" },
      },
    }),
  );
  const lines = [
    "Deal|Stage|When",
    "0063h00000ABcDeAAL|Qualification|2024-02-20T15:00:00.000Z",
    "0063h00000ABcDeAAL|Prospecting|2024-02-20T09:00:00.000Z",
    "0063h00000ABcDeAAL|Closed Won|2024-03-31T09:00:00.000Z",
  ];
  const first = await land("history.csv", lines, "--mapping", mapping);
  expect(first.last, first.said).toBe("3 read, 2 created, 0 updated, 0 unchanged, 1 left out, 0 refused");
  expect(first.status).toBe(0);
  const whole = [lines[0]!, lines[1]!];
  const replaced = await land("history.csv", whole, "--mapping", mapping, "--replace-history");
  expect(replaced.last).toBe("1 read, 0 created, 0 updated, 1 unchanged, 0 refused");
  expect(replaced.said).toContain("1 entry of stage history went: 0063h00000ABcDe stage 1 of 2024-02-20");
  expect(await land("history.csv", whole, "--kind", "deals", "--replace-history")).toMatchObject({
    status: 2,
  });
});

test("says which system a file is from, keeps the order of its lines in what it refuses, and brings back only when told", async () => {
  const header = "id,owner,amount,currency,type,route,created_on,outcome";
  const deal = (id: string, amount = "100.00") => `${id},Ann,${amount},USD,new,direct,2024-01-15,open`;
  const lines = [
    header,
    deal("D-gone"),
    deal("D-bad", "a lot"),
    deal("D-good"),
    deal("D-left"),
    deal("D-worse", "-1"),
  ];
  await land("deals.csv", [header, deal("D-gone"), deal("D-left")], "--source", "crm");
  for (const dealId of ["D-gone", "D-left"])
    await perform(
      deleteDeal,
      { dealId, version: await versionOf(dealId), reason: "merged" },
      { actor: COMMAND_LINE, client },
    );
  const refused = await land("deals.csv", lines, "--source", "crm");
  expect(refused.last, refused.said).toBe("5 read, 1 created, 0 updated, 0 unchanged, 4 refused");
  expect(refused.status).toBe(1);
  const rows: Record<string, string>[] = parse(await readFile(join(folder, "deals.csv.refused.csv")), {
    columns: true,
  });
  expect(rows.map(({ line, field, value }) => [line, field, value])).toEqual([
    ["2", "id", "D-gone"],
    ["3", "amount", "a lot"],
    ["5", "id", "D-left"],
    ["6", "amount", "'-1"],
  ]);
  expect(rows[0]?.reason).toMatch(/^was removed here on .* \(merged\); it comes back only when you say so$/);
  const brought = await land("deals.csv", lines, "--bring-back");
  expect(brought.last, brought.said).toBe("5 read, 2 created, 0 updated, 1 unchanged, 2 refused");
  const files = await client.db.execute(sql`
    select source::text, refused from imports where file_name = 'deals.csv' order by at`);
  expect([...files]).toEqual([
    { source: "crm", refused: 0 },
    { source: "crm", refused: 4 },
    { source: null, refused: 2 },
  ]);
  const misused = await land("deals.csv", lines, "--source", "gossip");
  expect(misused.status).toBe(2);
  expect(misused.said).toContain("--source");
});

test("days of instants are of the zone that the call names, and stages that nobody has told are counted", async () => {
  const mapping = join(folder, "stages.json");
  const stage = { column: "Stage", values: { Prospecting: "1" } };
  const fields = { deal_id: { column: "Deal" }, stage, entered_on: { column: "On" } };
  await writeFile(mapping, JSON.stringify({ kind: "stage_history", fields }));
  const [deal] = await client.db.execute<{ id: string }>(sql`select id from deals order by id limit 1`);
  const lines = [
    "Deal,Stage,On",
    `${deal!.id},Prospecting,2024-05-01T03:30:00Z`,
    ...["Pilot", "Pilot", "Legal"].map((name) => `${deal!.id},${name},2024-06-01T03:30:00Z`),
  ];
  const refused = await land("zoned.csv", lines, "--mapping", mapping, "--zone", "America/New_York");
  expect(refused.last, refused.said).toBe("4 read, 1 created, 0 updated, 0 unchanged, 3 refused");
  const entered = await client.db.execute(sql`
    select entered_on::text as day from stage_entries where deal_id = ${deal!.id} and entered_on between '2024-04-25' and '2024-05-05'`);
  expect([...entered]).toEqual([{ day: "2024-04-30" }]);
  const files = await client.db.execute(sql`select unmapped from imports where file_name = 'zoned.csv'`);
  expect([...files]).toEqual([
    {
      unmapped: [
        { field: "stage", value: "Pilot", rows: 2 },
        { field: "stage", value: "Legal", rows: 1 },
      ],
    },
  ]);
  const misused = await land("zoned.csv", lines, "--mapping", mapping, "--zone", "Berlin time");
  expect([misused.status, misused.said]).toEqual([2, expect.stringContaining("Europe/Berlin")]);
});

async function versionOf(dealId: string): Promise<number> {
  const [row] = await client.db.execute<{ version: number }>(
    sql`select version from deals where id = ${dealId}`,
  );
  return row!.version;
}

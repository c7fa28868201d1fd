import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { importBatch } from "@/lib/commands/import/import-batch";
import { takeBackImport } from "@/lib/commands/import/take-back-import";
import { answer } from "../query";
import { unmappedValues } from "./unmapped-values";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const of = (value: string, rows: number) => ({ field: "stage", value, rows });
const land = async (kind: string, unmapped: object[]) =>
  (await company.as("rita", importBatch, { kind, rows: [], file: { name: "f.csv", refused: 9, unmapped } }))
    .importId as string;
const ask = async () =>
  (await answer(unmappedValues, {}, { db: company.client.db, actor: company.actor("fay"), today: TODAY }))
    .values;

test("adds up what recent files met, the most rows first, without those that were taken back or are long ago", async () => {
  await land("deals", [of("Pilot", 2), of("Legal", 3)]);
  await land("deals", [of("Pilot", 4)]);
  await land("stage_history", [of("Pilot", 1)]);
  const back = await land("deals", [of("Pilot", 100)]);
  await company.as("rita", takeBackImport, { importId: back });
  const found = [
    { kind: "deals", field: "stage", value: "Pilot", rows: 6, files: 2 },
    { kind: "deals", field: "stage", value: "Legal", rows: 3, files: 1 },
    { kind: "stage_history", field: "stage", value: "Pilot", rows: 1, files: 1 },
  ];
  expect(await ask()).toEqual(found);
  const by = { actor: "user:rita", request: "long ago" };
  await guardedTransaction(company.client, by, async (tx) => {
    await tx.execute(sql`insert into imports (id, kind, file_name, imported_by, at, unmapped) values
      ('I-old', 'deals', 'old.csv', 'user:rita', now() - interval '91 days', ${JSON.stringify([of("Pilot", 50)])}::jsonb)`);
  });
  expect(await ask()).toEqual(found);
});

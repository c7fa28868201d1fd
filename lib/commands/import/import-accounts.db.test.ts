import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkProjections } from "@/lib/judging/rebuild";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { createAccount } from "../customer/create-account";
import { editAccount } from "../customer/edit-account";
import { importBatch } from "./import-batch";
import { takeBackImport } from "./take-back-import";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

type Values = Record<string, string>;
async function land(...rows: Values[]) {
  const answer = await company.as("rita", importBatch, {
    ...{ kind: "accounts", file: { name: "accounts.csv" } },
    rows: rows.map((values, at) => ({ line: at + 2, values })),
  });
  const { created, updated, unchanged, refused, importId } = answer;
  return { counts: [created, updated, unchanged], refused: refused.map(({ reason }) => reason), importId };
}
const takeBack = (importId: string | null) => company.as("rita", takeBackImport, { importId });
async function stands(id: string) {
  const [row] = await company.client.db.execute<{ name: string; domains: string[]; deals: string[] }>(sql`
    select name, array(select domain from account_domains where account_id = a.id order by 1) as domains,
      array(select account from deals where account_id = a.id order by id) as deals
    from accounts a where id = ${id}`);
  return row ?? null;
}

test("makes accounts under the sender's ids, updates them, and run again changes nothing", async () => {
  const row = { id: "001A", name: "Acme", domains: "https://www.acme.example/; acme.test" };
  expect((await land(row)).counts).toEqual([1, 0, 0]);
  expect(await stands("001A")).toEqual({ name: "Acme", domains: ["acme.example", "acme.test"], deals: [] });
  expect((await land(row)).counts).toEqual([0, 0, 1]);
  expect((await land({ id: "001A", name: "Acme" })).counts).toEqual([0, 0, 1]);
  expect((await land({ ...row, domains: "acme.test" })).counts).toEqual([0, 1, 0]);
  expect((await stands("001A"))?.domains).toEqual(["acme.test"]);
});

test("refuses a domain that another account is known by, and the row alone", async () => {
  await company.as("ana", createAccount, { name: "Bolt", domains: ["bolt.example"] });
  const { counts, refused } = await land(
    { id: "001B", name: "Bolt 2", domains: "bolt.example" },
    { id: "001C", name: "Crest", domains: "crest.example" },
    { id: "001D", name: "Drake", domains: "not a domain" },
  );
  expect(counts).toEqual([1, 0, 0]);
  expect(refused).toEqual([
    "is Bolt's: a domain is one account's alone",
    expect.stringContaining("example.com"),
  ]);
});

test("deals show the new name, are judged, and show the old one once the file is taken back", async () => {
  await land({ id: "001E", name: "Elm" });
  await company.deal({ account: "Elm" });
  expect((await stands("001E"))?.deals).toEqual(["Elm"]);
  const { counts, importId } = await land({ id: "001E", name: "Elm Group", domains: "elm.example" });
  expect(counts).toEqual([0, 1, 0]);
  expect(await stands("001E")).toEqual({ name: "Elm Group", domains: ["elm.example"], deals: ["Elm Group"] });
  expect(await checkProjections(company.client, TODAY)).toBeNull();
  expect(await takeBack(importId)).toMatchObject({ restored: 1, removed: 0, stayed: 0 });
  expect(await stands("001E")).toEqual({ name: "Elm", domains: [], deals: ["Elm"] });
  expect(await checkProjections(company.client, TODAY)).toBeNull();
});

test("a file that is taken back takes its accounts along, but for those that something rests on or somebody changed", async () => {
  const { importId } = await land(
    { id: "001F", name: "Fern" },
    { id: "001G", name: "Gorse" },
    { id: "001H", name: "Heath" },
  );
  await company.deal({ account: "Gorse" });
  await company.as("ana", editAccount, { accountId: "001H", changes: { domains: ["heath.example"] } });
  const answer = (await takeBack(importId)) as { stays: { about: string; reason: string }[] };
  expect(answer).toMatchObject({ removed: 1, restored: 0, stayed: 2 });
  expect(answer.stays.map(({ about, reason }) => `${about}: ${reason}`).sort()).toEqual([
    "Gorse: It has deals",
    "Heath: It was changed here since",
  ]);
  expect(await stands("001F")).toBeNull();
});

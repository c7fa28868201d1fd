import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Company, openCompany } from "../commands.fixture";
import { enterAccount } from "../customer/enter-account";
import { createContact } from "../partner/create-contact";
import { editContact } from "../partner/edit-contact";
import { mergePartners } from "../partner/merge-partners";
import { importBatch } from "./import-batch";
import { takeBackImport } from "./take-back-import";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  await land("accounts", { id: "A1", name: "Acme" }, { id: "A2", name: "Bolt" }, { id: "A3", name: "Crest" });
});
afterAll(() => company.close());

type Values = Record<string, string>;
async function land(kind: "accounts" | "partners", ...rows: Values[]) {
  const given = rows.map((values, at) => ({ line: at + 2, values }));
  const answer = await company.as("rita", importBatch, {
    ...{ kind, rows: given, file: { name: `${kind}.csv` } },
  });
  const { created, updated, unchanged, refused, importId } = answer;
  return {
    counts: [created, updated, unchanged],
    refused: refused.map(({ field, value, reason }) => `${field} ${value}: ${reason}`),
    importId: importId as string,
  };
}
const takeBack = (importId: string) => company.as("rita", takeBackImport, { importId });
const partner = (id: string, changes: Values = {}): Values => ({ id, name: id, kind: "agency", ...changes });

const rowsOf = async (statement: ReturnType<typeof sql>) => [...(await company.client.db.execute(statement))];
/** Who is at a partner and where it is: `*` marks what people entered here. */
async function stands(id: string) {
  const contacts = await rowsOf(sql`
    select name || coalesce(' ' || email, '') || case when of_file then '' else '*' end as said
    from partner_contacts where partner_id = ${id} order by 1`);
  const accounts = await rowsOf(sql`
    select account_id || ' ' || said_on || case when said_by is null then '' else '*' end as said
    from partner_accounts where partner_id = ${id} order by 1`);
  return [...contacts, ...accounts].map(({ said }) => said);
}

test("a partner's people and places come with it; again it changes nothing, and a file without them leaves them", async () => {
  const row = partner("F-1", { contacts: "Ann Lee <Ann@F.example>; Bo", accounts: "A1; A2;A1" });
  expect((await land("partners", row)).counts).toEqual([1, 0, 0]);
  const said = ["Ann Lee ann@f.example", "Bo", "A1 2026-05-20", "A2 2026-05-20"];
  expect(await stands("F-1")).toEqual(said);
  expect((await land("partners", row)).counts).toEqual([0, 0, 1]);
  expect((await land("partners", { ...row, contacts: "Bo;Ann Lee <ann@f.example>" })).counts).toEqual([
    0, 0, 1,
  ]);
  expect((await land("partners", partner("F-1"))).counts).toEqual([0, 0, 1]);
  expect(await stands("F-1")).toEqual(said);
});

test("whom a file names no more goes, an empty cell says none, and what people entered here stays", async () => {
  await land("partners", partner("F-2", { contacts: "Ann <ann@g.example>; Bo", accounts: "A1" }));
  await company.as("pam", createContact, { partnerId: "F-2", name: "Cy", email: "cy@g.example" });
  await company.as("pam", enterAccount, { partnerId: "F-2", accountId: "A2" });
  const told = partner("F-2", {
    contacts: "Ann Lee <ann@g.example>; Cyrus <cy@g.example>",
    accounts: "A2; A3",
  });
  expect((await land("partners", told)).counts).toEqual([0, 1, 0]);
  const after = ["Ann Lee ann@g.example", "Cy cy@g.example*", "A2 2026-05-20*", "A3 2026-05-20"];
  expect(await stands("F-2")).toEqual(after);
  expect((await land("partners", told)).counts).toEqual([0, 0, 1]);
  expect((await land("partners", partner("F-2", { contacts: "", accounts: "" }))).counts).toEqual([0, 1, 0]);
  expect(await stands("F-2")).toEqual(["Cy cy@g.example*", "A2 2026-05-20*"]);
});

test("whoever corrects a contact that a file brought stands behind it: the file takes it away no more", async () => {
  await land("partners", partner("F-3", { contacts: "Dee <dee@h.example>" }));
  const [contact] = await rowsOf(sql`select id from partner_contacts where partner_id = 'F-3'`);
  await company.as("pam", editContact, { contactId: contact!.id, changes: { title: "Alliances" } });
  expect((await land("partners", partner("F-3", { contacts: "" }))).counts).toEqual([0, 0, 1]);
  expect(await stands("F-3")).toEqual(["Dee dee@h.example*"]);
});

test.each<[string, Values, string]>([
  [
    "a wrong address",
    { contacts: "Ann <ann>" },
    "contacts ann: is not a mail address, which Ann is said to have",
  ],
  [
    "an address alone",
    { contacts: "ann@i.example" },
    "contacts ann@i.example: a contact is written name <mail>, or a name alone",
  ],
  [
    "one address of two",
    { contacts: "Ann <a@i.example>;Bo <A@i.example>" },
    "contacts a@i.example: is said of both Ann and Bo",
  ],
  ["an account that is not there", { accounts: "A1;A9" }, "accounts A9: there is no account with this id"],
])("%s refuses the row by field, value and rule", async (_, values, said) => {
  expect(await land("partners", partner("F-bad", values), partner("F-good"))).toMatchObject({
    refused: [said],
  });
  expect(await rowsOf(sql`select id from partners where id = 'F-bad'`)).toEqual([]);
});

test("a record that became another one has none of its own: a file leaves it as it is", async () => {
  await land("partners", partner("F-4"), partner("F-5"));
  await company.as("hope", mergePartners, { mergedId: "F-4", intoId: "F-5" });
  expect(
    (await land("partners", partner("F-4", { contacts: "Ann <ann@j.example>", accounts: "A1" }))).refused,
  ).toEqual([]);
  expect(await stands("F-4")).toEqual([]);
});

describe("taken back", () => {
  test("a partner that the file made goes with its people and places", async () => {
    const { importId } = await land(
      "partners",
      partner("F-6", { contacts: "Ann <ann@k.example>", accounts: "A1" }),
    );
    expect(await takeBack(importId)).toMatchObject({ removed: 1, stayed: 0 });
    expect(await stands("F-6")).toEqual([]);
  });

  test("what it changed stands as it stood, on the days on which it was said", async () => {
    await land("partners", partner("F-7", { contacts: "Ann <ann@l.example>; Bo", accounts: "A1;A2" }));
    const before = await stands("F-7");
    const { importId } = await company.as(
      "rita",
      importBatch,
      {
        ...{ kind: "partners", file: { name: "partners.csv" } },
        rows: [{ line: 2, values: partner("F-7", { contacts: "Bo; Cy", accounts: "A2; A3" }) }],
      },
      { today: "2026-05-25" },
    );
    expect(await stands("F-7")).toEqual(["Bo", "Cy", "A2 2026-05-20", "A3 2026-05-25"]);
    expect(await company.as("rita", takeBackImport, { importId }, { today: "2026-05-26" })).toMatchObject({
      ...{ removed: 0, restored: 1, stayed: 0 },
    });
    expect(await stands("F-7")).toEqual(before);
  });

  test("stays where somebody was entered there since", async () => {
    const { importId } = await land("partners", partner("F-8", { contacts: "Ann <ann@m.example>" }));
    await company.as("pam", createContact, { partnerId: "F-8", name: "Bo", email: "bo@m.example" });
    const answer = (await takeBack(importId)) as { stays: { reason: string }[] };
    expect(answer.stays.map(({ reason }) => reason)).toEqual(["Contacts of it were entered here"]);
  });

  test("goes with the owner that the file gave it", async () => {
    const { importId } = await land("partners", partner("F-9", { owner: "pam@company.example" }));
    expect(await takeBack(importId)).toMatchObject({ removed: 1, stayed: 0 });
  });
});

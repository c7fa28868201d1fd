import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Kind } from "@/lib/interchange/kinds";
import { checkProjections } from "@/lib/judging/rebuild";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { editAccount } from "../customer/edit-account";
import { enterAccount } from "../customer/enter-account";
import { dropEvidence } from "../evidence/drop-evidence";
import { submitRegistration } from "../registration/submit-registration";
import { importBatch } from "./import-batch";
import { takeBackImport } from "./take-back-import";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

type Values = Record<string, string>;
async function land(kind: Kind, ...rows: Values[]) {
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
const deal = (id: string, changes: Values = {}): Values => ({
  ...{ id, owner: "Ana Ruiz", amount: "1000.00", currency: "USD", type: "new" },
  ...{ route: "direct", created_on: "2026-05-01", closed_on: "", outcome: "open", ...changes },
});

const rowsOf = async (statement: ReturnType<typeof sql>) => [...(await company.client.db.execute(statement))];
/** Which account a deal is in, by its id and as it shows it. */
async function where(dealId: string): Promise<string> {
  const [row] = await rowsOf(sql`select account, account_id from deals where id = ${dealId}`);
  return `${row?.account_id ?? "-"} ${row?.account ?? "-"}`;
}
const called = async (name: string) =>
  (await rowsOf(sql`select id, of_name from accounts where lower(name) = lower(${name}) order by 1`)).map(
    ({ id, of_name }) => `${id}${of_name ? " of a name" : ""}`,
  );
async function tables(): Promise<string> {
  const all = ["accounts", "account_domains", "partner_accounts", "deals", "registrations"];
  const read = all.map((table) =>
    rowsOf(
      sql`select to_jsonb(t) - 'version' - 'created_at' - 'recorded_at' as row from ${sql.identifier(table)} t order by 1`,
    ),
  );
  return canonicalJson((await Promise.all(read)) as never);
}

describe("a deal's account by its id", () => {
  test("wins over a name beside it, again changes nothing, and an empty one leaves the name to decide", async () => {
    await land("accounts", { id: "001A", name: "Acme" }, { id: "001B", name: "Bolt" });
    const row = deal("D-id", { account: "Anything", account_id: "001A" });
    expect((await land("deals", row)).counts).toEqual([1, 0, 0]);
    expect(await where("D-id")).toBe("001A Acme");
    expect(await called("Anything")).toEqual([]);
    expect((await land("deals", row)).counts).toEqual([0, 0, 1]);
    expect((await land("deals", deal("D-id"))).counts).toEqual([0, 0, 1]);
    expect((await land("deals", { ...row, account: "bolt", account_id: "" })).counts).toEqual([0, 1, 0]);
    expect(await where("D-id")).toBe("001B bolt");
    expect((await land("deals", { ...row, account: "bolt", account_id: "" })).counts).toEqual([0, 0, 1]);
    expect((await land("deals", deal("D-id", { account_id: "" }))).counts).toEqual([0, 1, 0]);
    expect(await where("D-id")).toBe("- -");
  });

  test("of an account that is not there the row alone is refused, by field, value and rule", async () => {
    const { counts, refused } = await land(
      "deals",
      deal("D-no", { account_id: "001Z", account: "Acme" }),
      deal("D-yes", { account_id: "001A" }),
    );
    expect(counts).toEqual([1, 0, 0]);
    expect(refused).toEqual(["account_id 001Z: there is no account with this id"]);
  });

  test("one of two of a name is the one that is meant, whatever the older one is", async () => {
    await land("accounts", { id: "001T", name: "Twin" });
    await land("accounts", { id: "001U", name: "Twin" });
    await land("deals", deal("D-twin", { account_id: "001U" }));
    expect(await where("D-twin")).toBe("001U Twin");
    expect((await land("deals", deal("D-twin", { account: "Twin" }))).counts).toEqual([0, 0, 1]);
  });

  test("taken back, the deal is in the account where it stood, and one that was made goes", async () => {
    await land("deals", deal("D-back", { account: "acme" }));
    const before = await tables();
    const { importId } = await land(
      "deals",
      deal("D-back", { account_id: "001B" }),
      deal("D-new", { account_id: "001A" }),
    );
    expect(await where("D-back")).toBe("001B Bolt");
    expect(await takeBack(importId)).toMatchObject({ removed: 1, restored: 1, stayed: 0 });
    expect(await where("D-back")).toBe("001A acme");
    expect(await tables()).toBe(before);
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });
});

describe("an account that a deal's name made, brought under an id of its own", () => {
  /** A customer that deals, a registration and a partner name before anybody enters it. */
  async function named(name: string): Promise<string> {
    await land("deals", deal(`D-${name}`, { account: name.toUpperCase() }));
    await company.as("pam", submitRegistration, {
      partnerId: "P-1",
      submittedOn: "2026-05-02",
      account: name,
    });
    const [id] = await called(name);
    expect(id).toMatch(/ of a name$/);
    const accountId = id!.split(" ")[0]!;
    await company.as("pam", enterAccount, { partnerId: "P-1", accountId });
    await company.as("pam", editAccount, {
      accountId,
      changes: { domains: [`${name.toLowerCase()}.example`] },
    });
    return accountId;
  }
  const names = async (accountId: string) => {
    const [row] = await rowsOf(sql`select
      (select count(*)::int from deals where account_id = ${accountId}) as deals,
      (select count(*)::int from registrations where account_id = ${accountId}) as registrations,
      (select count(*)::int from partner_accounts where account_id = ${accountId}) as partners,
      array(select domain from account_domains where account_id = ${accountId}) as domains`);
    return row;
  };

  test("is that account: what names it follows, the log says which it was, and again it changes nothing", async () => {
    const was = await named("Fern");
    const before = await tables();
    const { counts, importId } = await land("accounts", { id: "001F", name: "Fern" });
    expect(counts).toEqual([0, 1, 0]);
    expect(await called("Fern")).toEqual(["001F"]);
    expect(await names("001F")).toEqual({
      deals: 1,
      registrations: 1,
      partners: 1,
      domains: ["fern.example"],
    });
    expect(await where("D-Fern")).toBe("001F Fern");
    const [logged] = await rowsOf(sql`
      select before ->> 'id' as was, after ->> 'id' as now from audit_log
      where subject_kind = 'account' and subject_id = '001F'`);
    expect(logged).toEqual({ was, now: "001F" });
    expect((await land("accounts", { id: "001F", name: "Fern" })).counts).toEqual([0, 0, 1]);
    expect((await land("deals", deal("D-Fern", { account_id: "001F" }))).counts).toEqual([0, 0, 1]);
    expect(await checkProjections(company.client, TODAY)).toBeNull();
    expect(await takeBack(importId)).toMatchObject({ removed: 0, restored: 1, stayed: 0 });
    expect(await called("Fern")).toEqual([`${was} of a name`]);
    expect(await tables()).toBe(before);
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });

  test("a file of deals from before it is taken back all the same", async () => {
    const { importId } = await land("deals", deal("D-gorse", { account: "Gorse" }));
    await land("accounts", { id: "001G", name: "Gorse" });
    expect(await takeBack(importId)).toMatchObject({ removed: 1, restored: 0, stayed: 0 });
    const first = await land("deals", deal("D-heath", { account: "Heath" }));
    expect(first.counts).toEqual([1, 0, 0]);
    const moved = await land("deals", deal("D-heath", { account: "Gorse" }));
    await land("accounts", { id: "001H", name: "Heath" });
    expect(await takeBack(moved.importId)).toMatchObject({ removed: 0, restored: 1, stayed: 0 });
    expect(await where("D-heath")).toBe("001H Heath");
  });

  test("is known by its id too, where an export has no names, in either form of it", async () => {
    const [short, long] = ["0015000000GvYx1", "0015000000GvYx1AAF"];
    await land("deals", deal("D-noname", { account: long }));
    expect((await land("accounts", { id: short, name: "Ivy" })).counts).toEqual([0, 1, 0]);
    expect(await where("D-noname")).toBe(`${short} Ivy`);
    expect(await called(long)).toEqual([]);
  });

  test("whom somebody entered here stays beside one of its name", async () => {
    await land("accounts", { id: "001J", name: "Juniper" });
    expect((await land("accounts", { id: "001K", name: "Juniper" })).counts).toEqual([1, 0, 0]);
    expect(await called("Juniper")).toEqual(["001J", "001K"]);
  });
});

describe("an account that was brought, called otherwise by a file", () => {
  test("takes in the one that a deal's name made: nobody stands twice, in whatever letters, and again changes nothing", async () => {
    await land("accounts", { id: "001L", name: "Larch", domains: "larch.example" });
    await land("deals", deal("D-l", { account: "Larch" }), deal("D-n", { account: "NORTHWOOD" }));
    const [accountId] = (await called("Northwood")).map((one) => one.split(" ")[0]!);
    await company.as("pam", enterAccount, { partnerId: "P-1", accountId });
    await company.as("pam", editAccount, { accountId, changes: { domains: ["northwood.example"] } });
    const said = "Date: 2026-05-11\n\nNorthgate ran the joint discovery with Northwood yesterday.";
    const content = Buffer.from(said).toString("base64");
    await company.as("pam", dropEvidence, { name: "call.txt", content });
    const row = { id: "001L", name: "Northwood" };
    const { counts, importId } = await land("accounts", row);
    expect(counts).toEqual([0, 1, 0]);
    expect(await called("Northwood")).toEqual(["001L"]);
    expect([await where("D-l"), await where("D-n")]).toEqual(["001L Northwood", "001L NORTHWOOD"]);
    const [has] = await rowsOf(sql`select
      array(select domain from account_domains where account_id = '001L' order by 1) as domains,
      (select count(*)::int from partner_accounts where account_id = '001L') as partners,
      (select count(*)::int from evidence_proposals where account_id = '001L') as proposals,
      (select count(*)::int from audit_log where subject_id = ${accountId} and after is null) as told`);
    const domains = ["larch.example", "northwood.example"];
    expect(has).toEqual({ domains, partners: 1, proposals: 1, told: 1 });
    expect((await land("accounts", row)).counts).toEqual([0, 0, 1]);
    expect(await checkProjections(company.client, TODAY)).toBeNull();
    const back = (await takeBack(importId)) as { stays: { reason: string }[] };
    expect(back).toMatchObject({ restored: 0, stayed: 1 });
    expect(back.stays[0]?.reason).toBe("It took in the account that its new name had made");
    expect(await called("Northwood")).toEqual(["001L"]);
  });

  test("leaves what another file brought, and what a new row of the file takes", async () => {
    await land("accounts", { id: "001M", name: "Maple" }, { id: "001N", name: "Nettle" });
    expect((await land("accounts", { id: "001M", name: "Nettle" })).counts).toEqual([0, 1, 0]);
    expect(await called("Nettle")).toEqual(["001M", "001N"]);
    await land("deals", deal("D-o", { account: "Olive" }));
    await land("accounts", { id: "001M", name: "Olive" }, { id: "001O", name: "Olive" });
    expect(await where("D-o")).toBe("001O Olive");
    expect(await called("Olive")).toEqual(["001M", "001O"]);
  });
});

test("files of accounts and deals, cut anywhere, in any order, any number of times, leave the same", async () => {
  let run = 0;
  const left = async (steps: readonly (readonly [Kind, Values])[][]) => {
    run++;
    const own = (text: string) => `${text}~${run}`;
    for (const batch of steps)
      for (const kind of ["accounts", "deals"] as const) {
        const rows = batch.flatMap(([of, row]) => {
          if (of !== kind) return [];
          const ids = ["id", "name", "account"].flatMap((name) =>
            row[name] ? [[name, own(row[name])]] : [],
          );
          return [{ ...row, ...Object.fromEntries(ids) }];
        });
        if (rows.length > 0) expect((await land(kind, ...rows)).refused).toEqual([]);
      }
    const found = await rowsOf(sql`
      select replace(d.id, ${`~${run}`}, '') as deal, replace(d.account_id, ${`~${run}`}, '') as account
      from deals d where d.id like ${`%~${run}`} order by 1`);
    const [all] = await rowsOf(sql`select count(*)::int as n from accounts where name like ${`%~${run}`}`);
    return { found, accounts: all!.n };
  };
  const rows: (readonly [Kind, Values])[] = [
    ["accounts", { id: "a1", name: "Oak" }],
    ["accounts", { id: "a2", name: "Pine", domains: "" }],
    ["deals", deal("d1", { account: "Oak" })],
    ["deals", deal("d2", { account: "Pine" })],
    ["deals", deal("d3", { account: "Oak" })],
  ];
  const expected = await left([rows]);
  expect(expected).toEqual({
    found: [
      { deal: "d1", account: "a1" },
      { deal: "d2", account: "a2" },
      { deal: "d3", account: "a1" },
    ],
    accounts: 2,
  });
  const anyOrder = fc.shuffledSubarray([...rows, ...rows], { minLength: 2 * rows.length });
  await fc.assert(
    fc.asyncProperty(anyOrder, fc.integer({ min: 1, max: 4 }), async (shuffled, size) => {
      const steps: (readonly [Kind, Values])[][] = [];
      for (const row of shuffled) {
        const last = steps.at(-1);
        if (!last || last.length >= size || last.some((other) => other[1].id === row[1].id))
          steps.push([row]);
        else last.push(row);
      }
      expect(await left(steps)).toEqual(expected);
    }),
    { numRuns: 12 },
  );
});

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { gradeOf } from "@/lib/attribution/grade";
import type { Kind } from "@/lib/interchange/kinds";
import { loadFacts } from "@/lib/judging/facts";
import { judgeStale } from "@/lib/judging/judge";
import { checkProjections } from "@/lib/judging/rebuild";
import { vouchActivity } from "../activity/vouch-activity";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { rehearse } from "../door";
import { confirmRole } from "../role/confirm-role";
import { editRole } from "../role/edit-role";
import { acceptImport } from "./accept-import";
import { importBatch } from "./import-batch";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const SHA = "0d".repeat(32);
type Values = Record<string, string>;

async function land(kind: Kind, rows: Values[], file: object = {}): Promise<string> {
  const batch = {
    kind,
    rows: rows.map((values, at) => ({ line: at + 2, values })),
    file: { name: `${kind}.csv`, sha256: SHA, ...file },
  };
  const { importId, refused } = await company.as("rita", importBatch, batch);
  expect(refused).toEqual([]);
  return importId as string;
}

const role = (id: string, dealId: string, changes: Values = {}): Values => ({
  ...{ id, deal_id: dealId, partner_id: "P-1", role: "sourcer", touch_stage: "1", touched_on: "2026-05-02" },
  ...{ recorded_on: "2026-05-03", confirmed_on: "", ...changes },
});
const activity = (id: string, dealId: string, changes: Values = {}): Values => ({
  ...{ id, deal_id: dealId, partner_id: "P-1", type: "joint_pitch", stage: "2", occurred_on: "2026-05-04" },
  ...{ recorded_on: "2026-05-04", proof: "https://proof.example/1", involvement: "direct", ...changes },
});
const registration = (id: string, dealId: string): Values => ({
  ...{ id, deal_id: dealId, partner_id: "P-2", submitted_on: "2026-05-02", status: "approved" },
});

const accept = (importId: string, sha256 = SHA) => company.as("fay", acceptImport, { importId, sha256 });

/** The grades of a deal's facts, by id. */
async function grades(dealId: string): Promise<Record<string, string>> {
  const [facts] = await loadFacts(company.client.db, [dealId], TODAY, { cohorts: "none" });
  const all = [...facts!.registrations, ...facts!.roles, ...facts!.activities];
  return Object.fromEntries(all.map((fact) => [fact.id, gradeOf(fact)]));
}

describe("a file that a second person accepts", () => {
  test.each([
    ["registrations", registration],
    ["roles", role],
    ["activities", activity],
  ] as const)("makes its %s countersigned, and says of how many deals", async (kind, row) => {
    const [one, two] = [await company.deal(), await company.deal()];
    const importId = await land(kind, [row(`${kind}-1`, one), row(`${kind}-2`, two)]);
    expect(await grades(one)).toEqual({ [`${kind}-1`]: "stated" });
    const call = { actor: company.actor("fay"), client: company.client, today: TODAY };
    const rehearsed = await rehearse(acceptImport, { importId, sha256: SHA }, call);
    expect(rehearsed).toMatchObject({ answer: { facts: 2, deals: 2 }, touched: 2 });
    expect(await grades(one)).toEqual({ [`${kind}-1`]: "stated" });
    expect(await accept(importId)).toMatchObject({ facts: 2, deals: 2 });
    expect(await grades(one)).toEqual({ [`${kind}-1`]: "countersigned" });
    expect(await grades(two)).toEqual({ [`${kind}-2`]: "countersigned" });
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });

  test("stands behind no row that a person or a later file has changed", async () => {
    const dealId = await company.deal();
    const importId = await land("roles", [
      role("kept", dealId),
      role("edited", dealId, { role: "influencer" }),
    ]);
    const others = await land("activities", [activity("stays", dealId), activity("moves", dealId)]);
    await company.as("ana", editRole, { rowId: "edited", changes: { touchStage: 2 } });
    await land("activities", [activity("stays", dealId), activity("moves", dealId, { stage: "3" })]);
    expect(await accept(importId)).toMatchObject({ facts: 1 });
    expect(await accept(others)).toMatchObject({ facts: 1 });
    expect(await grades(dealId)).toEqual({
      ...{ kept: "countersigned", edited: "stated", stays: "countersigned", moves: "stated" },
    });
    await land("roles", [role("kept", dealId, { touch_stage: "0" })]);
    expect(await grades(dealId)).toMatchObject({ kept: "stated" });
  });

  test("of many deals is judged by the reads that follow", async () => {
    const ids = await Promise.all(Array.from({ length: 210 }, () => company.deal()));
    const importId = await land(
      "activities",
      ids.map((dealId) => activity(`many-${dealId}`, dealId)),
    );
    expect(await accept(importId)).toMatchObject({ facts: 210, deals: 210 });
    expect(await judgeStale(company.client, TODAY)).toBeGreaterThanOrEqual(210);
    const [judged] = await company.client.db.execute(sql`
      select count(*)::int as deals from judged_deals where evidence = 'countersigned'
        and deal_id = any(${sql.param(ids)}::text[])`);
    expect(judged).toEqual({ deals: 210 });
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });
});

describe("who stands on both sides", () => {
  test("no admin confirms the row that their own file brought, or vouches by a file", async () => {
    const dealId = await company.deal();
    await land("roles", [role("mine", dealId)]);
    await company.as("rita", confirmRole, { rowId: "mine" });
    await land("activities", [activity("vouched", dealId)]);
    await company.as("ana", vouchActivity, { activityId: "vouched" });
    expect(await grades(dealId)).toEqual({ mine: "stated", vouched: "countersigned" });
    await land("activities", [activity("vouched", dealId, { stage: "3" })]);
    expect(await grades(dealId)).toMatchObject({ vouched: "stated" });
  });

  test("whoever brought a file does not accept it, in whatever role", async () => {
    const importId = await land("roles", [role("own", await company.deal())]);
    const since = { ...company.actor("rita"), role: "finance" as const };
    await expect(
      company.as("rita", acceptImport, { importId, sha256: SHA }, { actor: since }),
    ).rejects.toMatchObject({
      rule: "You imported this file: somebody else from finance or partnerships accepts it",
    });
  });
});

describe("is refused", () => {
  test.each<[string, object, string, RegExp]>([
    ["by another digest", {}, "1d".repeat(32), /not the digest of the file that landed/],
    ["without a digest", { sha256: undefined }, SHA, /digest is not known/],
    ["before it has landed", { isLast: false }, SHA, /has not landed to its end/],
  ])("%s", async (what, file, sha256, rule) => {
    const importId = await land("roles", [role(what, await company.deal())], file);
    await expect(accept(importId, sha256)).rejects.toMatchObject({ rule: expect.stringMatching(rule) });
  });

  test("a second time, and of a kind without grades", async () => {
    const importId = await land("roles", [role("twice", await company.deal())]);
    await accept(importId);
    await expect(accept(importId)).rejects.toMatchObject({ rule: "The file was accepted on 20 May 2026" });
    const partners = await land("partners", [{ id: "P-9", name: "Nine", kind: "agency" }]);
    await expect(accept(partners)).rejects.toMatchObject({
      rule: expect.stringMatching(/nothing that has a grade/),
    });
  });
});

describe("the database", () => {
  const write = (actor: string, statement: string) =>
    guardedTransaction(company.client, { actor, request: "forged" }, async (tx) => {
      await tx.execute(sql.raw(statement));
    });
  const accepted = "update imports set accepted_on = '2026-05-20', accepted_by =";

  test.each<[string, string, string, RegExp]>([
    ["in another's name", "user:rita", `${accepted} 'fay' where id = $`, /in person/],
    ["by a partner manager", "user:pam", `${accepted} 'pam' where id = $`, /finance or partnerships/],
    ["by whoever brought it", "user:rita", `${accepted} 'rita' where id = $`, /finance or partnerships/],
    ["another count", "user:rita", "update imports set read = 7 where id = $", /brings no more rows/],
    [
      "another's file",
      "user:rita",
      "insert into imports (id, kind, file_name, imported_by) values ('I', 'roles', 'f', 'user:fay')",
      /in person/,
    ],
  ])("refuses %s", async (_, actor, statement, said) => {
    const importId = await land("roles", [role(`guard ${_}`, await company.deal())]);
    await expect(write(actor, statement.replace("$", `'${importId}'`))).rejects.toMatchObject({
      cause: expect.objectContaining({ code: "CS107", message: expect.stringMatching(said) }),
    });
  });
});

import { asc, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "@/db/schema/audit";
import { deals } from "@/db/schema/deals";
import { roleRows } from "@/db/schema/facts";
import { judgedDeals } from "@/db/schema/outcomes";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { editRole } from "../role/edit-role";
import { tagPartner } from "../role/tag-partner";
import { tagPartners } from "../role/tag-partners";
import { undo } from "../undo";
import { closeDeal } from "./close-deal";
import { confirmNoPartners } from "./confirm-no-partners";
import { createDeal } from "./create-deal";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const several = (count: number, overrides = {}) =>
  Promise.all(Array.from({ length: count }, () => company.deal(overrides)));
const bens = async () =>
  (
    await company.as("ben", createDeal, {
      account: "Brookhaven",
      amount: 500,
      currency: "USD",
      stage: 2,
      createdOn: "2026-05-01",
    })
  ).dealId as string;
const rowsOf = (ids: string[]) =>
  company.client.db.select().from(roleRows).where(inArray(roleRows.dealId, ids));
const dealsOf = (ids: string[]) =>
  company.client.db.select().from(deals).where(inArray(deals.id, ids)).orderBy(asc(deals.id));
const facts = async (ids: string[]) => (await dealsOf(ids)).map(({ version: _version, ...deal }) => deal);
const tag = { partnerId: "P-1", role: "sourcer", touchedOn: "2026-05-02" };

describe("tag-partners", () => {
  test("tags fifty deals as one write, judged, and one undo takes all back", async () => {
    const dealIds = await several(50, { stage: 1 });
    const before = await facts(dealIds);
    const { request, rowIds } = await company.as("ana", tagPartners, { dealIds, ...tag });
    expect(rowIds).toHaveLength(50);
    const rows = await rowsOf(dealIds);
    expect(new Set(rows.map(({ dealId }) => dealId)).size).toBe(50);
    for (const row of rows)
      expect(row).toMatchObject({ partnerId: "P-1", role: "sourcer", touchStage: 1, confirmedOn: TODAY });
    const outcomes = await company.client.db
      .select()
      .from(judgedDeals)
      .where(inArray(judgedDeals.dealId, dealIds));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(50).fill("sourced"));
    const entries = await company.client.db.select().from(auditLog).where(eq(auditLog.request, request));
    expect(entries.map(({ action }) => action)).toEqual(Array(50).fill("tag-partners"));

    await company.as("ana", undo, { request });
    expect(await rowsOf(dealIds)).toEqual([]);
    expect(await facts(dealIds)).toEqual(before);
  });

  test("tags none when some hold the role already, and names each with the reason", async () => {
    const dealIds = (await several(3)).sort();
    const held = dealIds.slice(1);
    for (const dealId of held) await company.as("ana", tagPartner, { dealId, ...tag });
    const rule = "Northgate holds this role on the deal already";
    await expect(company.as("ana", tagPartners, { dealIds, ...tag })).rejects.toMatchObject({
      code: "invalid",
      field: "dealIds",
      value: held.map((dealId) => ({ dealId, rule })),
      rule: `${held[0]}, and 1 more: ${rule}; none was changed`,
    });
    expect(await rowsOf(dealIds)).toHaveLength(2);
  });

  test("is an AE's for their own deals alone: one of somebody else's refuses all", async () => {
    const dealIds = await several(2);
    const others = await bens();
    await expect(
      company.as("ana", tagPartners, { dealIds: [...dealIds, others], ...tag }),
    ).rejects.toMatchObject({
      code: "forbidden",
      rule: expect.stringContaining(`${others}: Only the deal's own AE, Ben`),
    });
    expect(await rowsOf([...dealIds, others])).toEqual([]);
  });

  test("a partner manager's rows wait for the AE, on whosever deals", async () => {
    const dealIds = [await company.deal(), await bens()];
    await company.as("pam", tagPartners, { dealIds, ...tag });
    expect((await rowsOf(dealIds)).map(({ confirmedOn }) => confirmedOn)).toEqual([null, null]);
  });

  test.each([
    ["no deal", [], "dealIds"],
    ["a deal named twice", ["D-1", "D-1"], "dealIds"],
    ["more than can be looked over", Array.from({ length: 201 }, (_, at) => `D-${at}`), "dealIds"],
    ["a deal that is not there", ["D-404"], "dealId"],
  ])("refuses %s", async (_name, dealIds, field) => {
    await expect(company.as("pam", tagPartners, { dealIds, ...tag })).rejects.toMatchObject({ field });
  });
});

describe("confirm-no-partners", () => {
  test("says so of several in one write, opens the way to won, and one undo takes all back", async () => {
    const dealIds = await several(4);
    const { request } = await company.as("ana", confirmNoPartners, { dealIds });
    for (const deal of await dealsOf(dealIds))
      expect(deal).toMatchObject({ noPartnerOn: TODAY, noPartnerBy: "ana" });
    await company.as("ana", undo, { request });
    for (const deal of await dealsOf(dealIds)) expect(deal.noPartnerOn).toBeNull();
    await company.as("ana", confirmNoPartners, { dealIds });
    await company.as("ana", closeDeal, { dealId: dealIds[0], outcome: "won" });
  });

  test("says it of none when a role row names a partner on one", async () => {
    const dealIds = await several(2);
    await company.as("pam", tagPartner, { dealId: dealIds[1], ...tag });
    await expect(company.as("ana", confirmNoPartners, { dealIds })).rejects.toMatchObject({
      field: "dealIds",
      value: [{ dealId: dealIds[1], rule: expect.stringContaining("1 role row names a partner") }],
    });
    for (const deal of await dealsOf(dealIds)) expect(deal.noPartnerOn).toBeNull();
  });

  test("tagging afterwards takes it back", async () => {
    const dealIds = await several(2);
    await company.as("ana", confirmNoPartners, { dealIds });
    await company.as("ana", tagPartners, { dealIds, ...tag });
    for (const deal of await dealsOf(dealIds)) expect(deal.noPartnerOn).toBeNull();
  });
});

test("two writes over the same deals in other orders both end", async () => {
  const dealIds = await several(6);
  const [first, second] = [
    { ...tag, role: "co_seller" },
    { ...tag, role: "influencer" },
  ];
  await Promise.all([
    company.as("pam", tagPartners, { dealIds, ...first }),
    company.as("hope", tagPartners, { dealIds: dealIds.toReversed(), ...second }),
  ]);
  expect(await rowsOf(dealIds)).toHaveLength(12);
});

test("a row edited in an older look at the deal is a conflict, and what stands is kept", async () => {
  const dealId = await company.deal();
  const { rowId } = await company.as("ana", tagPartner, { dealId, ...tag });
  const { version } = (await dealsOf([dealId]))[0]!;
  await company.as("ana", editRole, { rowId, version, changes: { role: "co_seller" } });
  await expect(
    company.as("ana", editRole, { rowId, version, changes: { role: "influencer" } }),
  ).rejects.toMatchObject({ code: "conflict", value: { yours: version } });
  expect((await rowsOf([dealId]))[0]).toMatchObject({ role: "co_seller" });
});

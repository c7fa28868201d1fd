import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { copyCosts } from "@/lib/commands/finance/copy-costs";
import { recordCost } from "@/lib/commands/finance/record-cost";
import { sayNoCost } from "@/lib/commands/finance/say-no-cost";
import { shareCost } from "@/lib/commands/finance/share-cost";
import { costsAndRates } from "./costs-and-rates";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const ledger = async () =>
  costsAndRates.run({ db: company.client.db, actor: company.actor("fay"), today: TODAY }, {});
const MDF = { quarter: "2026-Q1", side: "partner_program", category: "mdf", currency: "USD" };

test("a cost says who entered it and what shows it; another amount keeps the link, null takes it away", async () => {
  const evidence = "https://books.example/invoice/7";
  await company.as("fay", recordCost, { ...MDF, amount: 90_000, evidence });
  await company.as("fay", recordCost, { ...MDF, amount: 80_000 });
  const [kept] = (await ledger()).costs;
  expect(kept).toMatchObject({ amount: 80_000, evidence, entered: { by: "Fay Chen", on: TODAY } });
  await company.as("fay", recordCost, { ...MDF, amount: 80_000, evidence: null });
  expect((await ledger()).costs[0]).toMatchObject({ evidence: null });
  await expect(
    company.as("fay", recordCost, { ...MDF, amount: 1, evidence: "the drawer" }),
  ).rejects.toMatchObject({ field: "evidence", value: "the drawer" });
});

test("what partners got of it is never more than it, and follows it through another fiscal year", async () => {
  const shares = [
    { partnerId: "P-1", amount: 50_000 },
    { partnerId: "P-2", amount: 30_000 },
  ];
  const over = [...shares.slice(0, 1), { partnerId: "P-2", amount: 30_001 }];
  await expect(company.as("fay", shareCost, { ...MDF, shares: over })).rejects.toMatchObject({
    field: "shares",
    value: 80_001,
  });
  await expect(
    company.as("fay", shareCost, { ...MDF, shares: [shares[0], shares[0]] }),
  ).rejects.toMatchObject({ field: "shares[1].partnerId", rule: "is named twice" });
  await company.as("fay", shareCost, { ...MDF, shares });
  await expect(company.as("fay", recordCost, { ...MDF, amount: 79_999 })).rejects.toMatchObject({
    field: "amount",
  });
  await company.as("rita", editSettings, { fiscalFirstMonth: 4 });
  const [carried] = (await ledger()).costs;
  expect(carried).toMatchObject({ quarter: "2026-Q4", shares: [{ name: "Northgate" }, { name: "Halden" }] });
  await company.as("rita", editSettings, { fiscalFirstMonth: 1 });
});

test("a copied quarter leaves what stands, and brings neither evidence nor what was said to be none", async () => {
  const line = { side: "partner_program", currency: "USD" };
  await company.as("fay", recordCost, { quarter: "2026-Q1", ...line, category: "travel", amount: 700 });
  await company.as("fay", recordCost, { quarter: "2026-Q1", ...line, category: "headcount", amount: 900 });
  await company.as("fay", recordCost, { quarter: "2026-Q2", ...line, category: "headcount", amount: 950 });
  await company.as("fay", sayNoCost, { quarter: "2026-Q2", side: line.side, category: "travel" });
  expect(await company.as("fay", copyCosts, { from: "2026-Q1", to: "2026-Q2" })).toMatchObject({ copied: 1 });
  const { costs, nones } = await ledger();
  const second = costs.filter(({ quarter }) => quarter === "2026-Q2");
  expect(second.map(({ category, amount, shares }) => [category, amount, shares])).toEqual([
    ["headcount", 950, []],
    ["mdf", 80_000, []],
  ]);
  expect(nones).toMatchObject([{ quarter: "2026-Q2", category: "travel", said: { by: "Fay Chen" } }]);
  await expect(company.as("fay", copyCosts, { from: "2026-Q1", to: "2026-Q2" })).rejects.toMatchObject({
    field: "to",
  });
});

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PRESETS } from "@/lib/attribution/policy";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { recordCost } from "@/lib/commands/finance/record-cost";
import { recordRate } from "@/lib/commands/finance/record-rate";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { planBacktest, runBacktest } from "./backtest";

const QUARTER = "2026-Q1";
const THEN = { today: "2026-03-20" };
const LATER = { today: "2026-04-20" };
let company: Company;

beforeAll(async () => {
  company = await openCompany();
  await company.as("fay", recordRate, { quarter: QUARTER, currency: "EUR", rate: "1.25" }, THEN);
  const cost = { quarter: QUARTER, side: "direct_sales", category: "Salaries", currency: "EUR" };
  await company.as("fay", recordCost, { ...cost, amount: 40_000 }, THEN);
  const deal = { id: "D-won", account: "Vesna", amount: 100_000, currency: "EUR", createdOn: "2026-02-01" };
  await company.as("ana", createDeal, { ...deal, stage: 3 }, THEN);
  await company.as("ana", confirmNoPartner, { dealId: "D-won" }, THEN);
  const [{ version } = { version: 0 }] = await company.client.db.execute<{ version: number }>(
    sql`select version from deals where id = 'D-won'`,
  );
  await company.as("ana", closeDeal, { dealId: "D-won", version, outcome: "won" }, THEN);
  await freezeOf(company, QUARTER, LATER.today);
});
afterAll(() => company.close());

/** A frozen quarter under another policy: what it is counted with beside the deals. */
async function directCost() {
  const ask = { policy: { document: PRESETS.triple_tier }, quarters: [QUARTER] };
  const run = runBacktest(company.client.db, await planBacktest(company.client.db, ask, LATER.today));
  for (;;) {
    const step = await run.next();
    if (step.done) return step.value.quarters[0]!;
  }
}

test("a frozen quarter is held against a draft with the costs and rates of its seal", async () => {
  const sealed = await directCost();
  expect(sealed.before).toMatchObject({ costPerPartnerDollar: { direct: 0.4 } });

  const cost = { quarter: QUARTER, side: "direct_sales", category: "Salaries", currency: "EUR" };
  await company.as("fay", recordCost, { ...cost, amount: 90_000 }, LATER);
  await company.as("fay", recordRate, { quarter: QUARTER, currency: "EUR", rate: "2" }, LATER);
  expect(await directCost()).toEqual(sealed);
});

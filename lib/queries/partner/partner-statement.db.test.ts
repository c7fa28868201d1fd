import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { importBatch } from "@/lib/commands/import/import-batch";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { answer } from "../query";
import { partnerStatement } from "./partner-statement";

const THEN = { today: "2026-03-20" };
const LATER = { today: "2026-05-20" };
let company: Company;

const versionOf = async (dealId: string) =>
  (
    await company.client.db.execute<{ version: number }>(sql`select version from deals where id = ${dealId}`)
  )[0]!.version;

/** Two deals of one partner: one closed in a quarter that is frozen since, one open. */
beforeAll(async () => {
  company = await openCompany();
  for (const [id, account] of [
    ["D-frozen", "Larkfield"],
    ["D-open", "Marlow"],
  ]) {
    const deal = { id, account, amount: 500_000, currency: "USD", createdOn: "2026-03-19", stage: 1 };
    await company.as("ana", createDeal, deal, THEN);
    const row = { dealId: id, partnerId: "P-1", role: "sourcer", touchStage: 1, touchedOn: "2026-03-19" };
    await company.as("ana", tagPartner, row, THEN);
  }
  const close = { dealId: "D-frozen", version: await versionOf("D-frozen"), outcome: "won" };
  await company.as("ana", closeDeal, close, THEN);
  await freezeOf(company, "2026-Q1", "2026-04-10");
}, 120_000);
afterAll(() => company.close());

async function stated() {
  const context = { db: company.client.db, actor: company.actor("pam"), ...LATER };
  const { lines } = await answer(
    partnerStatement,
    partnerStatement.input.parse({ partnerId: "P-1", amounts: true }),
    context,
  );
  return Object.fromEntries(
    lines.map(({ account, amount, outcome }) => [account, [outcome, amount?.amount]]),
  );
}

test("a deal that a seal holds is told as it was sealed, an open one as it stands", async () => {
  const before = await stated();
  expect(before).toEqual({ Larkfield: ["sourced", 500_000], Marlow: ["sourced", 500_000] });
  const row = (id: string, account: string, closed: object) => ({
    ...{ id, account, owner: "Ana Ruiz", amount: "9999.99", currency: "USD", type: "new", route: "direct" },
    ...{ created_on: "2026-03-19", first_engaged_on: "2026-01-01", ...closed },
  });
  const rows = [
    row("D-frozen", "Larkfield", { closed_on: "2026-03-20", outcome: "won" }),
    row("D-open", "Marlow", { closed_on: "", outcome: "open" }),
  ].map((values, at) => ({ line: at + 2, values }));
  await company.as("rita", importBatch, { kind: "deals", rows }, LATER);
  const after = await stated();
  expect(after.Larkfield).toEqual(before.Larkfield);
  expect(after.Marlow![1]).toBe(999_999);
  expect(after.Marlow![0]).not.toBe("sourced");
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { parseQuarter } from "@/lib/calendar";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { freezeOf } from "@/lib/commands/review/freeze.fixture";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { movedNumber } from "@/lib/sealing/moved-numbers";

const QUARTER = "2026-Q1";
const THEN = { today: "2026-03-20" };
const AFTER = { today: "2026-04-10" };
const LATER = { today: "2026-04-20" };
let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const moment = async (day: string) => {
  await new Promise((done) => setTimeout(done, 5));
  const at = new Date().toISOString();
  await new Promise((done) => setTimeout(done, 5));
  return { day, at };
};

test("a frozen quarter moves no more, whatever becomes of its deals", async () => {
  const deal = { account: "Larkfield", amount: 1000, currency: "USD", createdOn: "2026-02-01", stage: 1 };
  await company.as("ana", createDeal, { ...deal, id: "D-1" }, THEN);
  await company.as("ana", createDeal, { ...deal, id: "D-2" }, THEN);
  await company.as("ana", confirmNoPartner, { dealId: "D-2" }, THEN);
  await company.as("ana", closeDeal, { dealId: "D-2", outcome: "won" }, THEN);
  const before = await moment(THEN.today);
  const row = { dealId: "D-1", partnerId: "P-1", role: "sourcer", touchStage: 1 };
  await company.as("ana", tagPartner, { ...row, touchedOn: "2026-03-01" }, THEN);
  const tagged = await moment(THEN.today);
  await freezeOf(company, QUARTER, AFTER.today);
  const frozen = await moment(AFTER.today);
  await company.as("ana", editDeal, { dealId: "D-1", changes: { amount: 9000 } }, LATER);
  const later = await moment(LATER.today);
  const told = (from: typeof later, to: typeof later) =>
    movedNumber(company.client.db, { metric: "sourcedPipeline", figure: "amount" }, parseQuarter(QUARTER), {
      from,
      to,
      reportingCurrency: "USD",
    });
  const whole = (over: number) => ({ over: BigInt(over), under: 1n });
  expect(await told(before, tagged)).toMatchObject({
    from: whole(0),
    to: whole(1000),
    parts: [{ cause: "changed_facts", amount: whole(1000), deals: ["D-1"] }],
  });
  expect(await told(tagged, later)).toEqual({ from: whole(1000), to: whole(1000), parts: [] });
  expect(await told(frozen, later)).toEqual({ from: whole(1000), to: whole(1000), parts: [] });
});

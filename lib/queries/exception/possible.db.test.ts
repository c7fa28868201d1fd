import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deals } from "@/db/schema/deals";
import { exceptions } from "@/db/schema/exceptions";
import { judgedDeals, partnerOutcomes } from "@/db/schema/outcomes";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { answer } from "../query";
import { exception } from "./exception";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

/** A lost deal of two partners: P-2's row is confirmed, P-1's motion lacks its proof, which leaves it unsettled. */
async function contested(): Promise<{ dealId: string; exceptionId: string }> {
  const dealId = await company.deal();
  const row = { dealId, partnerId: "P-2", role: "co_seller", touchedOn: "2026-05-02" };
  const { rowId } = await company.as("pam", tagPartner, row);
  await company.as("ana", confirmRole, { rowId });
  const motion = { type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" };
  await company.as("pam", logActivity, { dealId, partnerId: "P-1", ...motion });
  const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
  await company.as("ana", closeDeal, { dealId, version: deal!.version, outcome: "won", closedOn: TODAY });
  const found = await company.client.db.select().from(exceptions).where(eq(exceptions.dealId, dealId));
  return { dealId, exceptionId: found.find(({ kind }) => kind === "unsettled")!.id };
}

const look = (exceptionId: string) =>
  answer(exception, { exceptionId }, { db: company.client.db, actor: company.actor("fay"), today: TODAY });

/** Its outcome and every partner's credit, as judging keeps them. */
async function stands(dealId: string) {
  const { db } = company.client;
  const [judged] = await db.select().from(judgedDeals).where(eq(judgedDeals.dealId, dealId));
  const shares = await db.select().from(partnerOutcomes).where(eq(partnerOutcomes.dealId, dealId));
  const credit = shares
    .filter((share) => share.credit > 0)
    .map(({ partnerId, outcome, credit: amount }) => `${partnerId} ${outcome} ${amount}`);
  return { outcome: judged!.outcome, credit: credit.sort() };
}

test("each ruling does to the deal what the case said it would, once both sides have voted for it", async () => {
  const { possible } = await look((await contested()).exceptionId);
  const rulings = possible.filter(({ decision }) => decision === "ruling");
  expect(rulings.length).toBeGreaterThan(2);
  expect(new Set(rulings.map(({ after }) => JSON.stringify(after))).size).toBeGreaterThan(1);
  for (const { partner, outcome } of rulings) {
    const { dealId, exceptionId } = await contested();
    const before = await look(exceptionId);
    const shown = before.possible.find((one) => one.partner?.id === partner!.id && one.outcome === outcome)!;
    const ruling = { decision: "ruling", partnerId: partner!.id, outcome, reason: "as the memo has it" };
    const { version } = await company.as("hope", decideException, {
      exceptionId,
      version: before.version,
      ...ruling,
    });
    await company.as("fay", decideException, { exceptionId, version, ...ruling });
    const credit = shown.after.credit
      .filter(({ amount }) => amount > 0)
      .map((share) => `${share.partner.id} ${share.outcome} ${share.amount}`);
    expect(await stands(dealId), `${outcome} for ${partner!.name}`).toEqual({
      outcome: shown.after.outcome,
      credit: credit.sort(),
    });
  }
});

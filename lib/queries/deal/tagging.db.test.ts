import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { createAccount } from "@/lib/commands/customer/create-account";
import { enterAccount } from "@/lib/commands/customer/enter-account";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { moveStage } from "@/lib/commands/deal/move-stage";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { mergePartners } from "@/lib/commands/partner/merge-partners";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { tagging } from "./tagging";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  for (const name of ["In", "Wins", "Acts", "Twin"])
    await company.as("pam", createPartner, { id: `P-${name}`, name, kind: "agency" });
  await company.as("pam", createAccount, { name: "Marlow", domains: ["marlow.example"] });
});
afterAll(() => company.close());

async function start(dealId: string) {
  const context = { db: company.client.db, actor: company.actor("ana"), today: TODAY };
  return tagging.output.parse(await tagging.run(context, { dealId }));
}
const reasonsOf = async (dealId: string) =>
  (await start(dealId)).suggestions.map(({ partner, reasons }) => [
    partner.name,
    reasons.map(({ of }) => of),
  ]);

const INFLUENCER = { role: "influencer", touchStage: 2, touchedOn: "2026-05-02" };
const DISCOVERY = { type: "joint_discovery", stage: 2, occurredOn: "2026-05-02" };

/** A deal that a partner influenced and that was won. */
async function won(partnerId: string, account: string): Promise<void> {
  const dealId = await company.deal({ account });
  const activity = { type: "joint_discovery", occurredOn: "2026-05-02", proof: "https://proof.example/1" };
  await company.as("ana", tagPartner, { dealId, partnerId, ...INFLUENCER, activity });
  await company.as("ana", closeDeal, { dealId, outcome: "won" });
}

test("whoever has something to do with the deal comes first, then its account, then deals like it; each with why", async () => {
  const dealId = await company.deal({ account: "Marlow" });
  await won("P-Wins", "Elsewhere");
  await won("P-2", "Marlow");
  const [found] = await company.client.db.execute<{ accountId: string }>(sql`
    select account_id as "accountId" from deals where id = ${dealId}`);
  const { accountId } = found!;
  await company.as("pam", enterAccount, { accountId, partnerId: "P-In" });
  await company.as("pam", logActivity, { dealId, partnerId: "P-Acts", ...DISCOVERY });
  const registered = { partnerId: "P-1", account: "Marlow Group", domain: "marlow.example" };
  await company.as("pam", submitRegistration, { ...registered, submittedOn: "2026-05-03" });
  expect(await reasonsOf(dealId)).toEqual([
    ["Northgate", ["registered"]],
    ["Acts", ["acted"]],
    ["In", ["in_account"]],
    ["Halden", ["account_deals", "like_deals"]],
    ["Wins", ["like_deals"]],
  ]);
  // Once it has a role there, it is named already.
  await company.as("ana", tagPartner, { dealId, partnerId: "P-1", ...INFLUENCER });
  expect((await reasonsOf(dealId))[0]).toEqual(["Acts", ["acted"]]);
  // Another kind of deal has nobody who won one like it.
  const other = await company.deal({ account: "Nowhere", type: "renewal", amount: 90_000_000 });
  expect(await reasonsOf(other)).toEqual([]);
});

test("what was said of a record that became another one speaks for that one", async () => {
  const dealId = await company.deal({ account: "Larkfield Twin" });
  await company.as("pam", logActivity, { dealId, partnerId: "P-Twin", ...DISCOVERY });
  await company.as("ana", closeDeal, {
    dealId: await company.deal({ account: "Larkfield Twin" }),
    outcome: "lost",
  });
  await company.as("hope", mergePartners, { mergedId: "P-Twin", intoId: "P-In" });
  const { suggestions } = await start(dealId);
  expect(suggestions[0]).toEqual({
    partner: { id: "P-In", name: "In" },
    reasons: [{ of: "acted", activities: 1, lastOn: "2026-05-02" }],
  });
});

test("the stages come in the order of their entry, and nobody is refused but for an unknown deal", async () => {
  const dealId = await company.deal({ stage: 1, createdOn: "2026-05-01" });
  await company.as("ana", moveStage, { dealId, stage: 3 });
  expect((await start(dealId)).stages).toEqual([
    { stage: 1, enteredOn: "2026-05-01" },
    { stage: 3, enteredOn: TODAY },
  ]);
  await expect(start("D-none")).rejects.toMatchObject({ field: "dealId", code: "not_found" });
});

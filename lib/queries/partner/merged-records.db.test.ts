import { afterAll, beforeAll, expect, test } from "vitest";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { mergePartners } from "@/lib/commands/partner/merge-partners";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { dealsList } from "../deals/deals-list";
import { partner } from "./partner";
import { partnerActivities } from "./partner-activities";
import { partnerMotion } from "./partner-motion";
import { partnersInMotion } from "./partners-in-motion";
import { partnersList } from "./partners-list";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

async function acted(partnerId: string): Promise<string> {
  const dealId = await company.deal();
  const did = {
    type: "joint_discovery",
    stage: 2,
    occurredOn: "2026-05-06",
    proof: "https://proof.example/1",
  };
  await company.as("pam", logActivity, { dealId, partnerId, ...did });
  return dealId;
}

test("a partner's page, lists and filters hold all its records together, each deal once", async () => {
  const [own, open, closed] = [await acted("P-1"), await acted("P-2"), await acted("P-2")];
  const row = { dealId: closed, partnerId: "P-2", role: "influencer", touchStage: 2, touchedOn: TODAY };
  const { rowId } = await company.as("pam", tagPartner, row);
  await company.as("ana", confirmRole, { rowId });
  await company.as("ana", closeDeal, { dealId: closed, outcome: "won" });
  await company.as("pam", editPartner, { partnerId: "P-1", changes: { ownerId: "paul" } });
  await company.as("pam", mergePartners, { mergedId: "P-2", intoId: "P-1" });

  const context = { db: company.client.db, actor: company.actor("paul"), today: TODAY };
  const idsOf = async (asked: object) =>
    (await dealsList.run(context, dealsList.input.parse(asked))).rows.map(({ id }) => id).sort();
  const all = [own, open, closed].sort();
  expect(await idsOf({ partnerId: "P-1" })).toEqual(all);
  expect(await idsOf({ partnerId: "P-1", partnerOutcome: ["influenced"] })).toEqual(all);
  expect(await idsOf({ partnerId: "P-1", partnerActed: "2026-05" })).toEqual(all);
  // Whoever looks after the partner looks after all its records.
  expect(await idsOf({ scope: "mine" })).toEqual(all);
  const motion = await partnerMotion.run(context, { partnerId: "P-1" });
  expect(motion.outcomes).toMatchObject([{ outcome: "influenced", deals: 3 }]);
  expect([motion.influenced.won, motion.months.at(-1)?.activities]).toEqual([1, 3]);
  const did = await partnerActivities.run(context, partnerActivities.input.parse({ partnerId: "P-1" }));
  expect(did.rows).toHaveLength(3);
  const { rows } = await partnersInMotion.run(context, partnersInMotion.input.parse({}));
  expect(rows).toMatchObject([{ id: "P-1", deals: 3, influenced: 3, activities: 3, proven: 3 }]);
  expect((await partnersList.run(context, {})).partners.map(({ id }) => id)).toEqual(["P-1"]);
  const was = await partner.run(context, { partnerId: "P-2" });
  expect(was.partner.mergedInto).toEqual({ id: "P-1", name: "Northgate" });
  const is = await partner.run(context, { partnerId: "P-1" });
  expect(is.partner).toMatchObject({ records: [{ id: "P-2", name: "Halden" }], standing: "active" });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { logActivity } from "../activity/log-activity";
import { type Company, openCompany } from "../commands.fixture";
import { submitRegistration } from "../registration/submit-registration";
import { refuseRole } from "../role/refuse-role";
import { tagPartner } from "../role/tag-partner";
import { editDeal } from "./edit-deal";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const ENGAGED = "2026-05-02";
const edit = (dealId: string, firstEngagedOn: string | null) =>
  company.as("ana", editDeal, { dealId, changes: { firstEngagedOn } });

const ROW = { partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-05" };
const DID = { partnerId: "P-1", type: "joint_pitch", stage: 2, occurredOn: "2026-05-05" };

test.each<[string, (dealId: string) => Promise<unknown>]>([
  ["a row", (dealId) => company.as("pam", tagPartner, { dealId, ...ROW })],
  ["a registration", (dealId) => company.as("pam", submitRegistration, { dealId, partnerId: "P-1" })],
  ["an activity", (dealId) => company.as("pam", logActivity, { dealId, ...DID })],
])(
  "once %s names a partner, one hand says our first engagement earlier, and never later",
  async (_by, name) => {
    const dealId = await company.deal({ firstEngagedOn: ENGAGED });
    await name(dealId);
    for (const later of [null, "2026-05-03"])
      await expect(edit(dealId, later)).rejects.toMatchObject({
        field: "changes.firstEngagedOn",
        value: later,
        rule: expect.stringContaining("must not be after 2 May 2026 while a partner is on the deal"),
      });
    await edit(dealId, "2026-05-01");
  },
);

test("with nobody on the deal it is corrected either way, and so it is where the AE refused who was named", async () => {
  const dealId = await company.deal({ firstEngagedOn: ENGAGED });
  await edit(dealId, "2026-05-04");
  const { rowId } = await company.as("pam", tagPartner, { dealId, ...ROW });
  await company.as("ana", refuseRole, { rowId, reason: "it was ours" });
  await edit(dealId, null);
  await edit(dealId, ENGAGED);
});

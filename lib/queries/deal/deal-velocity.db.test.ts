import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "@/lib/calendar";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { moveStage } from "@/lib/commands/deal/move-stage";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { motionPatterns } from "../numbers/motion-patterns";
import { dealVelocity } from "./deal-velocity";

const START = "2026-04-01";
let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

/** A deal that was so many days in stage 2, then in stage 3. */
async function gone(days: number): Promise<string> {
  const dealId = await company.deal({ createdOn: START, stage: 2 });
  await company.as("ana", moveStage, { dealId, stage: 3 }, { today: addDays(START, days) });
  return dealId;
}
const context = () => ({ db: company.client.db, actor: company.actor("ana"), today: TODAY });

test("a deal stands beside won deals like it without a partner, and says what came after each action", async () => {
  for (const days of [4, 6, 8, 10, 12])
    await company.as("ana", closeDeal, { dealId: await gone(days), outcome: "won", involved: "none" });
  const dealId = await gone(15);
  const act = { dealId, partnerId: "P-1", stage: 2, proof: "https://proof.example/1" };
  await company.as("pam", logActivity, { ...act, type: "joint_discovery", occurredOn: addDays(START, 5) });
  await company.as("pam", logActivity, { ...act, type: "joint_pitch", occurredOn: addDays(START, 20) });
  const { stages, moves } = dealVelocity.output.parse(await dealVelocity.run(context(), { dealId }));
  expect(stages[0]).toEqual({ stage: 2, days: 15, typical: 8, n: 5 });
  expect(moves.map(({ type, moved }) => [type, moved])).toEqual([
    ["joint_discovery", { to: 3, days: 10 }],
    ["joint_pitch", null],
  ]);
  // A deal that is no win has no say in patterns; four are too few, and say so.
  const { deals, patterns } = motionPatterns.output.parse(await motionPatterns.run(context(), {}));
  expect([deals, patterns]).toEqual([5, []]);
  await company.as("ana", closeDeal, { dealId: await won(), outcome: "won", involved: "these" });
  const found = await motionPatterns.run(context(), {});
  expect(found.patterns).toEqual([
    {
      ...{ type: "joint_discovery", label: "Joint discovery", stage: 2 },
      ...{ with: { median: null, n: 1 }, others: { median: 8, n: 5 } },
    },
  ]);
  // Narrowed as the numbers are: of a partner what it did itself, on the deals that it is on.
  const narrowed = async (look: object) => {
    const { deals, patterns } = await motionPatterns.run(context(), { look });
    return [deals, patterns.map(({ with: those, others }) => [those.n, others.n])];
  };
  expect(await narrowed({ owner: "Ana Ruiz" })).toEqual([6, [[1, 5]]]);
  expect(await narrowed({ owner: "Ben Okafor" })).toEqual([0, []]);
  expect(await narrowed({ partnerId: "P-1" })).toEqual([1, [[1, 0]]]);
  expect(await narrowed({ partnerId: "P-2" })).toEqual([0, []]);
  expect(await narrowed({ route: "marketplace" })).toEqual([0, []]);
});

/** One on which a partner did something in stage 2, and has a row that its AE confirms with the close. */
async function won(): Promise<string> {
  const dealId = await gone(7);
  const did = { type: "joint_discovery", stage: 2, occurredOn: addDays(START, 3), proof: null };
  const row = { dealId, partnerId: "P-1", role: "influencer", touchStage: 2, touchedOn: addDays(START, 3) };
  await company.as("ana", tagPartner, { ...row, activity: did });
  return dealId;
}

import { afterAll, beforeAll, expect, test } from "vitest";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { answerIntroduction } from "@/lib/commands/introduction/answer-introduction";
import { responseTimes } from "./response-times";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const ask = (partnerId?: string) =>
  responseTimes
    .run({ db: company.client.db, actor: company.actor("pam"), today: TODAY }, { partnerId })
    .then((found) => responseTimes.output.parse(found));

async function introduced(
  occurredOn: string,
  partnerId = "P-1",
): Promise<{ dealId: string; activityId: string }> {
  const dealId = await company.deal();
  const met = { dealId, partnerId, type: "executive_intro", stage: 2, occurredOn };
  const { activityId } = await company.as("pam", logActivity, met);
  return { dealId, activityId: activityId as string };
}

test("a response is the one that was said, or the partner's next work; what waits and what never came are apart", async () => {
  expect((await ask("P-1")).all).toEqual({ medianDays: null, answered: 0, waiting: 0, never: 0 });
  const said = await introduced("2026-05-10");
  await company.as("ana", answerIntroduction, { activityId: said.activityId, on: "2026-05-12" });
  const shown = await introduced("2026-05-10");
  const work = {
    dealId: shown.dealId,
    partnerId: "P-1",
    type: "joint_discovery",
    stage: 2,
    occurredOn: "2026-05-15",
  };
  await company.as("pam", logActivity, work);
  await introduced("2026-05-11");
  const late = await introduced("2026-05-11");
  await company.as("ana", closeDeal, { dealId: late.dealId, outcome: "lost" });
  await introduced("2026-05-13", "P-2");
  const times = { medianDays: 3.5, answered: 2, waiting: 1, never: 1 };
  expect(await ask("P-1")).toEqual({ days: 365, all: times, reps: [{ rep: "Ana Ruiz", ...times }] });
  expect((await ask()).all).toEqual({ ...times, waiting: 2 });
});

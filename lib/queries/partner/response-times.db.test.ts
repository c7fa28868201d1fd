import { afterAll, beforeAll, expect, test } from "vitest";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { answerIntroduction } from "@/lib/commands/introduction/answer-introduction";
import { loopBack } from "@/lib/commands/introduction/loop-back";
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
  const none = { medianDays: null, stopped: 0, waiting: 0, never: 0 };
  expect((await ask("P-1")).all).toEqual({ response: none, loop: none });
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
  const response = { medianDays: 3.5, stopped: 2, waiting: 1, never: 1 };
  const times = { response, loop: { ...none, waiting: 2 } };
  const partner = { id: "P-1", name: "Northgate" };
  expect(await ask("P-1")).toEqual({
    ...{ days: 365, all: times, reps: [{ rep: "Ana Ruiz", ...times }], partners: [{ partner, ...times }] },
  });
  expect((await ask()).all).toEqual({ ...times, response: { ...response, waiting: 2 } });
  // The second clock runs from our response; what a close left untold never stops.
  await company.as("pam", loopBack, { activityId: said.activityId, on: "2026-05-20" });
  await company.as("ana", closeDeal, { dealId: shown.dealId, outcome: "lost" });
  const after = await ask();
  expect(after.reps).toMatchObject([
    { rep: "Ana Ruiz", loop: { medianDays: 8, stopped: 1, waiting: 0, never: 1 } },
  ]);
  expect(
    after.partners.map(({ partner: { name }, response: { waiting }, loop }) => [name, waiting, loop.stopped]),
  ).toEqual([
    ["Northgate", 1, 1],
    ["Halden", 1, 0],
  ]);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "@/lib/calendar";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { TODAY } from "@/lib/commands/commands.fixture";
import { answerIntroduction } from "@/lib/commands/introduction/answer-introduction";
import { loopBack } from "@/lib/commands/introduction/loop-back";
import { type Inbox, MOTION, openInbox, PROOF } from "./inbox.fixture";

let company: Inbox;
beforeAll(async () => {
  company = await openInbox();
});
afterAll(() => company.close());

const as: Inbox["as"] = (...asked) => company.as(...asked);
const OLD = { createdOn: "2026-02-01" };
const INTRODUCTION = { ...MOTION, type: "executive_intro", proof: PROOF };

describe("a warm introduction", () => {
  const introduced = async (occurredOn = "2026-05-10") => {
    const dealId = await company.deal(OLD);
    const { activityId } = await as("pam", logActivity, { dealId, ...INTRODUCTION, occurredOn });
    return { dealId, activityId: activityId as string };
  };

  test("has gone cold when the window is over, and waits for nobody any more", async () => {
    const within = await introduced(addDays(TODAY, -60));
    expect(await company.kindsOf(within.dealId, "ana")).toContain("introduction_waits");
    const before = await introduced(addDays(TODAY, -61));
    expect(await company.kindsOf(before.dealId, "ana")).not.toContain("introduction_waits");
  });

  test("is not answered by another introduction, nor by what happened on its day", async () => {
    const { dealId } = await introduced();
    await as("pam", logActivity, { dealId, ...MOTION, proof: PROOF });
    await as("pam", logActivity, { dealId, ...INTRODUCTION, occurredOn: "2026-05-12" });
    const waits = (await company.kindsOf(dealId, "ana")).filter((kind) => kind === "introduction_waits");
    expect(waits).toHaveLength(2);
  });

  test("runs on when its answer is taken back, and is answered by no day before it or to come", async () => {
    const { dealId, activityId } = await introduced();
    await as("ana", answerIntroduction, { activityId });
    await expect(as("ana", answerIntroduction, { activityId })).rejects.toMatchObject({
      rule: "it was said already",
    });
    await as("ana", answerIntroduction, { activityId, on: null });
    expect(await company.kindsOf(dealId, "ana")).toContain("introduction_waits");
    for (const [on, rule] of [
      ["2026-05-09", "must not be before the introduction"],
      [addDays(TODAY, 1), "must not be in the future"],
    ])
      await expect(as("pam", loopBack, { activityId, on })).rejects.toMatchObject({ field: "on", rule });
  });

  test("is its own deal's AE's or a partner manager's to speak of, and of nothing else one does", async () => {
    const { dealId, activityId } = await introduced();
    await expect(as("ben", answerIntroduction, { activityId })).rejects.toMatchObject({
      code: "forbidden",
      rule: "The deal's own AE, Ana Ruiz, or a partner manager says what came of an introduction",
    });
    const all = await company.about(dealId, "ben", "all");
    const item = all.find(({ kind }) => kind === "introduction_waits");
    expect(item).toMatchObject({ may: { keep: expect.stringContaining("Ana Ruiz, or a partner manager") } });
    const other = await as("pam", logActivity, { dealId, ...MOTION, proof: PROOF });
    await expect(as("pam", loopBack, { activityId: other.activityId })).rejects.toMatchObject({
      rule: "This activity is no warm introduction",
    });
  });
});

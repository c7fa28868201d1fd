import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tripsOf } from "@/db/connection/trips";
import { deals } from "@/db/schema/deals";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, type Person, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { addJointStep } from "@/lib/commands/step/add-joint-step";
import { editJointStep } from "@/lib/commands/step/edit-joint-step";
import { finishJointStep } from "@/lib/commands/step/finish-joint-step";
import { withdrawJointStep } from "@/lib/commands/step/withdraw-joint-step";
import { undo } from "@/lib/commands/undo";
import { dayInWords } from "@/lib/text/days";
import { deal as dealQuery } from "./deal";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

async function page(dealId: string, person: Person = "ana") {
  const context = { db: company.client.db, actor: company.actor(person), today: TODAY };
  return dealQuery.run(context, { dealId });
}
const stepsOf = async (dealId: string) => (await page(dealId)).steps;
const plan = (more: object) => ({ partnerId: "P-1", what: "Meet their CFO", ...more });
const MOTION = { partnerId: "P-1", type: "joint_pitch", occurredOn: "2026-05-10" };

/** What attribution knows of a deal: its version, and what judging wrote. */
async function attribution(dealId: string) {
  const [row] = await company.client.db.execute(sql`
    select d.version, to_jsonb(j) as judged from deals d join judged_deals j on j.deal_id = d.id where d.id = ${dealId}`);
  return row;
}

describe("a step of its own", () => {
  test("is listed with its partner, owner, due day and how long it is overdue, the first due first, done ones last", async () => {
    const dealId = await company.deal();
    await company.as("pam", addJointStep, plan({ dealId, what: "Later", dueOn: "2026-06-01" }));
    await company.as("pam", addJointStep, plan({ dealId, what: "Some day" }));
    await company.as(
      "pam",
      addJointStep,
      plan({ dealId, what: "Overdue", dueOn: "2026-05-17", ownerId: "ana" }),
    );
    await company.as("pam", addJointStep, plan({ dealId, what: "Today", dueOn: TODAY }));
    const { stepId } = await company.as(
      "pam",
      addJointStep,
      plan({ dealId, what: "Done", dueOn: "2026-05-02" }),
    );
    await company.as("ana", finishJointStep, { stepId });
    const steps = await stepsOf(dealId);
    expect(steps.map(({ what, overdueDays }) => [what, overdueDays])).toEqual([
      ["Overdue", 3],
      ["Today", 0],
      ["Later", 0],
      ["Some day", 0],
      ["Done", 0],
    ]);
    expect(steps[0]).toMatchObject({
      partner: { id: "P-1", name: "Northgate" },
      owner: { id: "ana", name: "Ana Ruiz" },
      ...{ agreedOn: null, done: null },
    });
    expect(steps[4]).toMatchObject({ done: { on: TODAY, by: "Ana Ruiz" } });
  });

  test("touches no attribution, whatever is done with it", async () => {
    const dealId = await company.deal();
    const before = await attribution(dealId);
    const { stepId } = await company.as("ana", addJointStep, plan({ dealId }));
    await company.as("ana", editJointStep, { stepId, changes: { what: "Meet their CIO" } });
    await company.as("ana", finishJointStep, { stepId });
    await company.as("ana", finishJointStep, { stepId, done: false });
    const { request } = await company.as("ana", withdrawJointStep, { stepId });
    await company.as("ana", undo, { request });
    expect(await attribution(dealId)).toEqual(before);
    expect(await stepsOf(dealId)).toMatchObject([{ id: stepId, what: "Meet their CIO", done: null }]);
  });

  test("is kept on after the close, undo included", async () => {
    const dealId = await company.deal();
    const added = await company.as("ana", addJointStep, plan({ dealId }));
    await company.as("ana", closeDeal, { dealId, outcome: "lost" });
    const { request } = await company.as("ana", finishJointStep, { stepId: added.stepId });
    await company.as("ana", undo, { request });
    await company.as("ana", undo, { request: added.request });
    expect(await stepsOf(dealId)).toEqual([]);
  });

  test("is its owner's too, on a deal that is not theirs; nobody else's", async () => {
    const dealId = await company.deal();
    const { stepId } = await company.as("pam", addJointStep, plan({ dealId, ownerId: "ben" }));
    await company.as("ben", finishJointStep, { stepId });
    const { stepId: other } = await company.as("pam", addJointStep, plan({ dealId }));
    await expect(company.as("ben", finishJointStep, { stepId: other })).rejects.toMatchObject({
      code: "forbidden",
      rule: "A next joint step is kept by its owner, the deal's own AE, Ana Ruiz, or a partner manager",
    });
    await expect(company.as("ben", addJointStep, plan({ dealId }))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test.each([
    ["a partner that is not there", addJointStep, { partnerId: "P-9" }, "partnerId"],
    ["an owner that is not there", addJointStep, { ownerId: "nobody" }, "ownerId"],
    ["nothing to do", addJointStep, { what: "  " }, "what"],
    ["no such day", addJointStep, { dueOn: "2026-02-30" }, "dueOn"],
  ])("is refused with %s", async (_what, verb, more, field) => {
    const dealId = await company.deal();
    await expect(company.as("pam", verb, plan({ dealId, ...more }))).rejects.toMatchObject({ field });
    expect(await stepsOf(dealId)).toEqual([]);
  });

  test("that is done is not edited or done again; one that is open is not opened", async () => {
    const dealId = await company.deal();
    const { stepId } = await company.as("pam", addJointStep, plan({ dealId }));
    await expect(company.as("pam", finishJointStep, { stepId, done: false })).rejects.toMatchObject({
      rule: "it is open",
    });
    await company.as("pam", finishJointStep, { stepId });
    await expect(company.as("pam", finishJointStep, { stepId })).rejects.toMatchObject({ field: "done" });
    await expect(
      company.as("pam", editJointStep, { stepId, changes: { dueOn: null } }),
    ).rejects.toMatchObject({
      rule: `It was done on ${dayInWords(TODAY)}: open it again first`,
    });
    await expect(company.as("pam", finishJointStep, { stepId: "J-0" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the step that an activity agreed on", () => {
  const logged = async (nextStepDueOn: string | null = "2026-05-15") => {
    const dealId = await company.deal();
    const more = { dealId, ...MOTION, nextStep: "Send the plan", nextStepDueOn };
    const { activityId } = await company.as("pam", logActivity, more);
    return { dealId, stepId: activityId as string };
  };

  test("is one of the deal's, with the day it was agreed on, and is kept where it stands", async () => {
    const { dealId, stepId } = await logged();
    expect(await stepsOf(dealId)).toMatchObject([
      { id: stepId, what: "Send the plan", agreedOn: "2026-05-10", overdueDays: 5, owner: { id: "pam" } },
    ]);
    const moved = { stepId, changes: { what: "Send both plans", dueOn: null, ownerId: "ana" } };
    await company.as("pam", editJointStep, moved);
    const { request } = await company.as("ana", finishJointStep, { stepId });
    const [step] = await stepsOf(dealId);
    expect(step).toMatchObject({ what: "Send both plans", dueOn: null, done: { on: TODAY, by: "Ana Ruiz" } });
    await company.as("ana", undo, { request });
    expect((await stepsOf(dealId))[0]!.done).toBeNull();
    await company.as("paul", withdrawJointStep, { stepId });
    expect(await stepsOf(dealId)).toEqual([]);
    const [activity] = (await page(dealId)).timeline.filter(({ kind }) => kind === "activity");
    expect(activity).toMatchObject({ nextStep: null, nextStepDueOn: null });
  });

  test("is open again when the activity names another one", async () => {
    const { dealId, stepId } = await logged();
    await company.as("pam", finishJointStep, { stepId });
    await company.as("pam", editActivity, { activityId: stepId, changes: { proof: "https://x.test/p" } });
    expect((await stepsOf(dealId))[0]!.done).not.toBeNull();
    await company.as("pam", editActivity, { activityId: stepId, changes: { nextStep: "Call them" } });
    expect(await stepsOf(dealId)).toMatchObject([{ what: "Call them", done: null }]);
  });

  test("leaves who stands behind the activity as they are", async () => {
    const { dealId, stepId } = await logged();
    const { judged } = (await attribution(dealId))!;
    await company.as("paul", finishJointStep, { stepId });
    expect((await attribution(dealId))!.judged).toEqual(judged);
    const [row] = await company.client.db.execute(
      sql`select recorded_by, changed_by, vouched_by from activities where id = ${stepId}`,
    );
    expect(row).toEqual({ recorded_by: "pam", changed_by: null, vouched_by: null });
  });
});

test("steps cost the deal's page no message of their own beside the records", async () => {
  const dealId = await company.deal();
  const bare = await tripsOf(() => page(dealId));
  for (let nth = 0; nth < 12; nth++)
    await company.as("pam", addJointStep, plan({ dealId, what: `Step ${nth}` }));
  expect(await tripsOf(() => page(dealId))).toBe(bare);
});

test("a removed deal takes its steps along", async () => {
  const dealId = await company.deal();
  await company.as("pam", addJointStep, plan({ dealId }));
  const [{ version } = { version: 0 }] = await company.client.db
    .select({ version: deals.version })
    .from(deals)
    .where(eq(deals.id, dealId));
  await company.as("rita", deleteDeal, { dealId, version, reason: "merged" });
  const left = await company.client.db.execute(sql`select 1 from joint_steps where deal_id = ${dealId}`);
  expect([...left]).toEqual([]);
});

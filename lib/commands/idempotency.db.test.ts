import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { idempotencyKeys } from "@/db/schema/audit";
import { activities } from "@/db/schema/facts";
import { issueLink } from "./account/issue-link";
import { logActivity } from "./activity/log-activity";
import { type Company, openCompany, PASSWORD } from "./commands.fixture";
import { withoutSecrets } from "./parse";

let company: Company;
beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz");
  company = await openCompany();
});
afterAll(async () => {
  await company.close();
  vi.unstubAllEnvs();
});

const motion = { partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" };
const activitiesOf = (dealId: string) =>
  company.client.db.select().from(activities).where(eq(activities.dealId, dealId));

describe("a write under a key", () => {
  test("is made once, repeats get its answer, and another body is refused", async () => {
    const dealId = await company.deal();
    const call = { idempotencyKey: "k-1" };
    const first = await company.as("pam", logActivity, { dealId, ...motion }, call);
    expect(await company.as("pam", logActivity, { dealId, ...motion }, call)).toEqual(first);
    expect(await activitiesOf(dealId)).toHaveLength(1);
    const other = company.as("pam", logActivity, { dealId, ...motion, stage: 3 }, call);
    await expect(other).rejects.toMatchObject({ code: "idempotency" });
    const somebodyElse = await company.as("ana", logActivity, { dealId, ...motion }, call);
    expect(somebodyElse.activityId).not.toBe(first.activityId);
  });

  test("is made once by four calls at the same time", async () => {
    const dealId = await company.deal();
    const call = { idempotencyKey: "k-2" };
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => company.as("pam", logActivity, { dealId, ...motion }, call)),
    );
    expect(new Set(answers.map(({ activityId }) => activityId)).size).toBe(1);
    expect(await activitiesOf(dealId)).toHaveLength(1);
  });

  test("that is refused leaves its key for another try", async () => {
    const dealId = await company.deal();
    const call = { idempotencyKey: "k-3" };
    const bad = { dealId, ...motion, occurredOn: "2027-01-01" };
    await expect(company.as("pam", logActivity, bad, call)).rejects.toMatchObject({ code: "invalid" });
    await company.as("pam", logActivity, { dealId, ...motion }, call);
    expect(await activitiesOf(dealId)).toHaveLength(1);
  });

  // What is refused with it, and what is not told twice: a password is in no kept key, and a link's token neither.
  test("keeps nothing by which a guessed password could be tried, nor a secret answer", async () => {
    const input = { userId: "ana" };
    const first = await company.as("rita", issueLink, input, { idempotencyKey: "k-4" });
    const again = await company.as("rita", issueLink, input, { idempotencyKey: "k-4" });
    expect(again.token).not.toBe(first.token);
    const kept = await company.client.db.select().from(idempotencyKeys);
    expect(JSON.stringify(kept)).not.toContain(first.token);
    expect(
      withoutSecrets({ policyId: "M-1", password: PASSWORD, deep: [{ newPassword: PASSWORD }] }),
    ).toEqual({
      policyId: "M-1",
      deep: [{}],
    });
  });
});

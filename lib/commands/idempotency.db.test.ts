import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { idempotencyKeys } from "@/db/schema/audit";
import { activities } from "@/db/schema/facts";
import { canonicalJson } from "@/lib/attribution/canonical";
import { logActivity } from "./activity/log-activity";
import { type Company, openCompany } from "./commands.fixture";
import { createUser } from "./company/create-user";

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

  test("keeps nothing by which a guessed password could be tried", async () => {
    const person = { email: "new@company.example", name: "New", role: "auditor" };
    const input = { ...person, password: "guess this, stranger" };
    await company.as("rita", createUser, input, { idempotencyKey: "k-4" });
    const [kept] = await company.client.db
      .select()
      .from(idempotencyKeys)
      .where(eq(idempotencyKeys.key, "user:rita:k-4"));
    expect(kept?.inputHash).toMatch(/^[0-9a-f]{64}$/);
    for (const guess of [input, { ...input, ownerName: null }]) {
      const document = canonicalJson({ action: "create-user", input: guess });
      expect(kept?.inputHash).not.toBe(createHash("sha256").update(document).digest("hex"));
    }
    expect(JSON.stringify(kept)).not.toContain(input.password);
  });
});

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CALENDAR_YEAR, daysOfKey, quarterOf, YEAR_ENDS } from "@/lib/calendar";
import { checkProjections } from "@/lib/judging/rebuild";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { closeDeal } from "../deal/close-deal";
import { raiseException } from "../exception/raise-exception";
import { recordCost } from "../finance/record-cost";
import { recordRate } from "../finance/record-rate";
import { recordLearning } from "../policy/record-learning";
import { startReview } from "../review/start-review";
import { writeReview } from "../review/write-review";
import { editSettings } from "./edit-settings";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  for (const [createdOn, closedOn] of [
    ["2025-08-01", "2025-10-27"],
    ["2025-08-01", "2025-12-31"],
    ["2025-08-01", "2026-01-01"],
    ["2026-01-01", "2026-03-31"],
    ["2026-01-01", null],
  ] as const) {
    const dealId = await company.deal({ createdOn });
    await company.as("pam", raiseException, { dealId, kind: "other", claim: "Who was first?" });
    if (closedOn) await company.as("ana", closeDeal, { dealId, outcome: "lost", closedOn });
  }
  for (const quarter of ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]) {
    const cost = { quarter, side: "partner_program", category: "headcount", currency: "USD" };
    await company.as("fay", recordCost, { ...cost, amount: Number(quarter.replace("-Q", "")) });
    await company.as("fay", recordRate, { quarter, currency: "EUR", rate: `1.${quarter.at(-1)}` });
  }
  await company.as("hope", recordLearning, { text: "Count referrals." });
  await company.as("fay", startReview, { quarter: "2026-Q1" });
  await company.as("fay", writeReview, { quarter: "2026-Q1", version: 1, minutes: "As expected." });
});
afterAll(() => company.close());

const change = (changes: object) => company.as("rita", editSettings, changes);
const rows = async <T>(query: ReturnType<typeof sql>) =>
  [...(await company.client.db.execute(query as never))] as T[];

const cases = () =>
  rows<{ quarter: string; day: string }>(sql`
    select e.quarter, coalesce(d.closed_on, e.opened_on)::text as day
    from exceptions e join deals d on d.id = e.deal_id order by day`);
const costs = async () =>
  (
    await rows<{ quarter: string; amount: string }>(sql`select quarter, amount from costs order by amount`)
  ).map(({ quarter, amount }) => [quarter, Number(amount)]);
const labels = async (table: "reviews" | "learnings" | "rates") =>
  (await rows<{ quarter: string }>(sql`select quarter from ${sql.identifier(table)} order by quarter`)).map(
    ({ quarter }) => quarter,
  );

describe("another fiscal year", () => {
  it("keeps every case in the quarter of its deal's close", async () => {
    for (const firstMonth of [4, 2, 12, 7, 1]) {
      for (const namedBy of ["start", "end"] as const) {
        await change({ fiscalFirstMonth: firstMonth, fiscalNamedBy: namedBy });
        const found = await cases();
        expect(found).toHaveLength(5);
        for (const { quarter, day } of found)
          expect([day, quarter]).toEqual([
            day,
            quarterOf(day, { firstMonth, namedBy, endsOn: "month_end" }).label,
          ]);
      }
    }
  });

  it("carries costs and rates to the quarter of the same three months", async () => {
    await change({ fiscalFirstMonth: 4 });
    expect(await costs()).toEqual([
      ["2026-Q2", 20253],
      ["2026-Q3", 20254],
      ["2026-Q4", 20261],
      ["2027-Q1", 20262],
    ]);
    expect(await labels("rates")).toEqual(["2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"]);
    await change({ fiscalNamedBy: "start" });
    expect((await costs()).map(([quarter]) => quarter)).toEqual(["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]);
    await change({ fiscalFirstMonth: 1, fiscalNamedBy: "end" });
  });

  it("gives costs of other months to no quarter, and gives them back", async () => {
    const before = [await costs(), await labels("rates")];
    await change({ fiscalFirstMonth: 2 });
    expect((await costs()).map(([quarter]) => quarter)).toEqual(["2025-07", "2025-10", "2026-01", "2026-04"]);
    const cost = { quarter: "2026-Q3", side: "partner_program", category: "headcount", currency: "USD" };
    await company.as("fay", recordCost, { ...cost, amount: 99_999 });
    await change({ fiscalFirstMonth: 1 });
    const [kept, rates] = [await costs(), await labels("rates")];
    expect(kept.filter(([, amount]) => amount !== 99_999)).toEqual(before[0]);
    expect(kept.find(([, amount]) => amount === 99_999)).toEqual(["2025-08", 99_999]);
    expect(rates).toEqual(before[1]);
    expect(daysOfKey("2025-08", CALENDAR_YEAR)).toMatchObject({ from: "2025-08-01", to: "2025-10-31" });
  });

  it("of whole weeks keeps every case, and what finance recorded with its days", async () => {
    const before = [await costs(), await labels("rates")];
    for (const [at, endsOn] of YEAR_ENDS.slice(1).entries()) {
      const firstMonth = (at % 12) + 1;
      await change({ fiscalFirstMonth: firstMonth, fiscalEndsOn: endsOn });
      for (const { quarter, day } of await cases())
        expect([day, quarter]).toEqual([day, quarterOf(day, { firstMonth, namedBy: "end", endsOn }).label]);
      expect(await checkProjections(company.client, TODAY)).toBeNull();
    }
    await change({ fiscalFirstMonth: 2, fiscalEndsOn: "nearest_saturday" });
    expect((await costs()).map(([quarter]) => quarter)).toEqual(
      expect.arrayContaining(["2025-07", "2025-10", "2026-01", "2026-04"]),
    );
    const cost = { quarter: "2027-Q1", side: "partner_program", category: "headcount", currency: "USD" };
    await company.as("fay", recordCost, { ...cost, amount: 77_777 });
    await change({ fiscalFirstMonth: 1, fiscalEndsOn: "month_end" });
    const ofWeeks = (await costs()).find(([, amount]) => amount === 77_777);
    expect(ofWeeks).toEqual(["2026-02-01..2026-05-02", 77_777]);
    expect((await costs()).filter((one) => one !== ofWeeks && one[1] !== 77_777)).toEqual(before[0]);
    expect(await labels("rates")).toEqual(before[1]);
    await change({ fiscalFirstMonth: 2, fiscalEndsOn: "nearest_saturday" });
    expect((await costs()).find(([, amount]) => amount === 77_777)?.[0]).toBe("2027-Q1");
    await change({ fiscalFirstMonth: 1, fiscalEndsOn: "month_end" });
    await expect(change({ fiscalEndsOn: "some_saturday" })).rejects.toMatchObject({
      field: "fiscalEndsOn",
    });
  });

  it("keeps what a review wrote with the end of its quarter, whole", async () => {
    await change({ fiscalFirstMonth: 2 });
    expect(await rows(sql`select quarter, minutes from reviews`)).toEqual([
      { quarter: "2027-Q1", minutes: "As expected." },
    ]);
    await change({ fiscalFirstMonth: 3 });
    await change({ fiscalFirstMonth: 1 });
    expect(await labels("reviews")).toEqual(["2026-Q1"]);
  });

  it("says in the audit log how much it carried", async () => {
    await change({ fiscalFirstMonth: 7 });
    const [entry] = await rows<{ carried: object }>(
      sql`select after -> 'carried' as carried from audit_log where action = 'edit-settings' order by id desc limit 1`,
    );
    expect(entry!.carried).toEqual({ exceptions: 5, learnings: 1, reviews: 1, costs: 4, rates: 4 });
    await change({ fiscalFirstMonth: 1 });
  });
});

describe("the activities that are offered", () => {
  it("are taken over from the library, each once and in its order, and are nothing else", async () => {
    const added = async () =>
      (await rows<{ added: string[] }>(sql`select added_activities as added from settings`))[0]!.added;
    await change({ addedActivities: ["training", "joint_demo", "training"] });
    expect(await added()).toEqual(["joint_demo", "training"]);
    await expect(change({ addedActivities: ["joint_pitch"] })).rejects.toMatchObject({
      field: "addedActivities.0",
      rule: "must be a type of the library of activities",
    });
    await change({ addedActivities: [] });
    expect(await added()).toEqual([]);
  });
});

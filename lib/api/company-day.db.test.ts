import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { deals } from "@/db/schema/deals";
import { activities } from "@/db/schema/facts";
import type { Actor } from "@/lib/auth/actor";
import { addDays } from "@/lib/calendar";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { perform } from "@/lib/commands/door";
import { deferException } from "@/lib/commands/exception/defer-exception";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { prepareFreeze } from "@/lib/commands/review/prepare-freeze";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { companyToday } from "@/lib/commands/today";
import type { AnyVerb } from "@/lib/commands/verbs";
import { me } from "@/lib/queries/company/me";
import { why } from "@/lib/queries/deal/why";
import { answer } from "@/lib/queries/query";
import { dayInWords } from "@/lib/text/days";

const LA = "America/Los_Angeles";
const SYDNEY = "Australia/Sydney";

/** When it is, where, and the company's day. Greenwich's is another in those of the first table. */
const MOMENTS = [
  ["16:59 in Los Angeles", LA, "2026-03-31T23:59:00Z", "2026-03-31"],
  ["17:01 in Los Angeles", LA, "2026-04-01T00:01:00Z", "2026-03-31"],
  ["08:00 in Sydney", SYDNEY, "2026-03-31T21:00:00Z", "2026-04-01"],
  ["16:59 on the day Los Angeles goes forward", LA, "2026-03-08T23:59:00Z", "2026-03-08"],
  ["17:01 on the day Los Angeles goes forward", LA, "2026-03-09T00:01:00Z", "2026-03-08"],
  ["15:59 on the day Los Angeles goes back", LA, "2025-11-02T23:59:00Z", "2025-11-02"],
  ["16:01 on the day Los Angeles goes back", LA, "2025-11-03T00:01:00Z", "2025-11-02"],
  ["08:00 on the day Sydney goes back", SYDNEY, "2026-04-04T22:00:00Z", "2026-04-05"],
  ["08:00 on the day Sydney goes forward", SYDNEY, "2025-10-04T21:00:00Z", "2025-10-05"],
] as const;

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** As a person, with no day handed in: the door's own clock. */
async function as<V extends AnyVerb>(person: Parameters<Company["actor"]>[0], verb: V, input: unknown) {
  const call = { actor: company.actor(person), client: company.client };
  return (await perform(verb, input, call)).answer as Record<string, string>;
}

async function at(zone: string, instant: string): Promise<void> {
  vi.setSystemTime(new Date(instant));
  await as("rita", editSettings, { timeZone: zone });
}

const ask = async (actor: Actor = company.actor("ana")) =>
  answer(me, {}, { db: company.client.db, actor, today: await companyToday(company.client) });

describe.each(MOMENTS)("at %s", (_, zone, instant, today) => {
  let dealId: string;
  beforeEach(async () => {
    await at(zone, instant);
    dealId = await company.deal({ createdOn: "2025-09-01" });
  });

  it("an activity of today is recorded today, and tomorrow is to come", async () => {
    const said = { dealId, partnerId: "P-1", type: "joint_pitch", proof: "https://proof.example/1" };
    for (const occurredOn of [today, undefined]) {
      const { activityId } = await as("pam", logActivity, { ...said, ...(occurredOn && { occurredOn }) });
      const [row] = await company.client.db.select().from(activities).where(eq(activities.id, activityId!));
      expect(row).toMatchObject({ occurredOn: today, recordedOn: today });
    }
    const tomorrow = addDays(today, 1);
    await expect(as("pam", logActivity, { ...said, occurredOn: tomorrow })).rejects.toMatchObject({
      field: "occurredOn",
      value: tomorrow,
      rule: expect.stringContaining("future"),
    });
  });

  it("what was recorded on the evening of the close counts, and closes today", async () => {
    await as("ana", tagPartner, {
      dealId,
      partnerId: "P-1",
      role: "co_seller",
      touchStage: 2,
      touchedOn: today,
    });
    const proof = "https://proof.example/2";
    await as("ana", logActivity, { dealId, partnerId: "P-1", type: "joint_pitch", occurredOn: today, proof });
    await as("ana", closeDeal, { dealId, outcome: "won" });
    const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
    expect(deal?.closedOn).toBe(today);
    const context = { db: company.client.db, actor: company.actor("ana"), today };
    const { result } = await answer(why, { dealId }, context);
    expect(result.outcome).toBe("influenced");
    expect(result.gray).not.toContain("late_record");
    const other = await company.deal({ createdOn: "2025-09-01" });
    const tomorrow = addDays(today, 1);
    await expect(
      as("ana", closeDeal, { dealId: other, outcome: "lost", closedOn: tomorrow }),
    ).rejects.toMatchObject({ field: "closedOn", value: tomorrow });
  });

  it("a deadline of today has come, one of tomorrow has not", async () => {
    const { exceptionId } = await as("pam", raiseException, {
      dealId,
      kind: "other",
      claim: "Who was first?",
    });
    await expect(as("hope", deferException, { exceptionId, to: "fay", until: today })).rejects.toMatchObject({
      field: "until",
      value: today,
      rule: `must be after today, ${dayInWords(today)}`,
    });
    await as("hope", deferException, { exceptionId, to: "fay", until: addDays(today, 1) });
  });

  it("pages are told the company's day", async () => {
    expect(await ask()).toMatchObject({ today, timeZone: zone });
  });
});

describe("a quarter's end", () => {
  it("comes when the company's day is over", async () => {
    await at(LA, "2026-04-01T00:01:00Z");
    expect((await ask()).quarter).toBe("2026-Q1");
    await expect(as("fay", prepareFreeze, { quarter: "2026-Q1" })).rejects.toMatchObject({
      rule: expect.stringContaining("not over"),
    });
    vi.setSystemTime(new Date("2026-04-01T07:00:00Z"));
    expect((await ask()).quarter).toBe("2026-Q2");
    await at(SYDNEY, "2026-03-31T12:59:00Z");
    expect((await ask()).quarter).toBe("2026-Q1");
    vi.setSystemTime(new Date("2026-03-31T13:00:00Z"));
    expect((await ask()).quarter).toBe("2026-Q2");
  });
});

describe("the company's zone", () => {
  it("holds from the next write on, and names what it refuses", async () => {
    await at(LA, "2026-04-01T00:01:00Z");
    expect(await companyToday(company.client)).toBe("2026-03-31");
    await as("rita", editSettings, { timeZone: "europe/berlin" });
    expect(await companyToday(company.client)).toBe("2026-04-01");
    expect((await ask()).timeZone).toBe("Europe/Berlin");
    await expect(as("rita", editSettings, { timeZone: "+02:00" })).rejects.toMatchObject({
      code: "invalid",
      field: "timeZone",
      value: "+02:00",
      rule: expect.stringContaining("IANA"),
    });
    await expect(as("fay", editSettings, { timeZone: "UTC" })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is known to another process after five seconds", async () => {
    await at(LA, "2026-04-01T00:01:00Z");
    expect(await companyToday(company.client)).toBe("2026-03-31");
    const elsewhere = { actor: company.actor("rita"), client: (await openedAgain()).client };
    await perform(editSettings, { timeZone: SYDNEY }, elsewhere);
    vi.setSystemTime(Date.now() + 5_000);
    expect(await companyToday(company.client)).toBe("2026-04-01");
    await elsewhere.client.close();
  });
});

async function openedAgain() {
  const { connect } = await import("@/db/connection/client");
  return { client: connect(company.url, { max: 1 }) };
}

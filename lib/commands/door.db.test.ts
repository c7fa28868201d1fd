// Long: what the door does and what it refuses, told through the life of a few deals.
import { and, asc, eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asWritten, auditLog } from "@/db/schema/audit";
import { deals, stageEntries } from "@/db/schema/deals";
import { registrations, roleRows } from "@/db/schema/facts";
import { judgedDeals, partnerOutcomes } from "@/db/schema/outcomes";
import { editActivity } from "./activity/edit-activity";
import { logActivity } from "./activity/log-activity";
import { withdrawActivity } from "./activity/withdraw-activity";
import { type Company, openCompany, TODAY } from "./commands.fixture";
import { closeDeal } from "./deal/close-deal";
import { confirmNoPartner } from "./deal/confirm-no-partner";
import type { createDeal } from "./deal/create-deal";
import { editDeal } from "./deal/edit-deal";
import { moveStage } from "./deal/move-stage";
import { editPartner } from "./partner/edit-partner";
import { decideRegistration } from "./registration/decide-registration";
import { submitRegistration } from "./registration/submit-registration";
import { confirmRole } from "./role/confirm-role";
import { editRole } from "./role/edit-role";
import { tagPartner } from "./role/tag-partner";
import { withdrawRole } from "./role/withdraw-role";
import { undo } from "./undo";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const rowOf = async (dealId: string) =>
  (await company.client.db.select().from(deals).where(eq(deals.id, dealId)))[0]!;
const outcomeOf = async (dealId: string) =>
  (await company.client.db.select().from(judgedDeals).where(eq(judgedDeals.dealId, dealId)))[0]!;
const entriesOf = (dealId: string) =>
  company.client.db
    .select(asWritten)
    .from(auditLog)
    .where(eq(auditLog.dealId, dealId))
    .orderBy(asc(auditLog.id));
const tag = { partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
const motion = { partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" };

describe("the door", () => {
  test("audits who, when, what before and after, and judges before anybody can see", async () => {
    const dealId = await company.deal();
    const { rowId, request } = await company.as("ana", tagPartner, { dealId, ...tag });
    const entry = (await entriesOf(dealId)).at(-1)!;
    expect(entry).toMatchObject({
      actor: "user:ana",
      action: "tag-partner",
      request,
      subjectId: rowId,
      before: null,
    });
    expect(entry.after).toMatchObject({
      partnerId: "P-1",
      role: "sourcer",
      recordedOn: TODAY,
      confirmedOn: TODAY,
    });
    expect(await outcomeOf(dealId)).toMatchObject({ outcome: "sourced", disputed: false, asOf: TODAY });
    const [line] = await company.client.db
      .select()
      .from(partnerOutcomes)
      .where(eq(partnerOutcomes.dealId, dealId));
    expect(line).toMatchObject({ partnerId: "P-1", outcome: "sourced", credit: 1_000_000 });
  });

  test("refuses an edit made on an older version, and shows both", async () => {
    const dealId = await company.deal();
    const { version } = await rowOf(dealId);
    await company.as("ana", editDeal, { dealId, version, changes: { amount: 5 } });
    await expect(
      company.as("ana", editDeal, { dealId, version, changes: { amount: 6 } }),
    ).rejects.toMatchObject({
      code: "conflict",
      value: { yours: version, now: { amount: 5, version: version + 1 } },
    });
    expect((await rowOf(dealId)).amount).toBe(5);
  });

  test("leaves nothing behind when it refuses", async () => {
    const dealId = await company.deal();
    const [before, entries] = [await rowOf(dealId), await entriesOf(dealId)];
    const bad = { dealId, ...tag, activity: { type: "not_on_the_menu" } };
    await expect(company.as("ana", tagPartner, bad)).rejects.toMatchObject({
      code: "invalid",
      field: "type",
    });
    expect(await rowOf(dealId)).toEqual(before);
    expect(await entriesOf(dealId)).toEqual(entries);
  });
});

describe("what is refused, with field, value and rule (§10)", () => {
  const cases: [
    name: string,
    verb: typeof logActivity | typeof tagPartner | typeof createDeal,
    input: object,
    field: string,
  ][] = [
    ["a script as proof", logActivity, { ...motion, proof: "javascript:alert(1)" }, "proof"],
    ["a bare word as proof", logActivity, { ...motion, proof: "seen it" }, "proof"],
    ["an unknown stage", logActivity, { ...motion, stage: 7 }, "stage"],
    ["half a stage", logActivity, { ...motion, stage: 1.5 }, "stage"],
    ["an occurrence in the future", logActivity, { ...motion, occurredOn: "2026-05-21" }, "occurredOn"],
    ["a day that is not in the calendar", logActivity, { ...motion, occurredOn: "2026-02-30" }, "occurredOn"],
    ["an unknown field", logActivity, { ...motion, credit: 1 }, "credit"],
    ["a due day without a step", logActivity, { ...motion, nextStepDueOn: "2026-06-01" }, "nextStepDueOn"],
    ["a role outside the four", tagPartner, { ...tag, role: "hero" }, "role"],
    ["a partner nobody knows", tagPartner, { ...tag, partnerId: "P-404" }, "partnerId"],
  ];
  test.each(cases)("%s", async (_name, verb, input, field) => {
    const dealId = await company.deal();
    const refusal = company.as("ana", verb, { dealId, ...input });
    await expect(refusal).rejects.toMatchObject({
      name: "Refusal",
      field,
      rule: expect.stringMatching(/\w{3}/),
    });
  });

  test.each([
    ["a negative amount", { amount: -1 }, "amount"],
    ["a fraction of a minor unit", { amount: 10.5 }, "amount"],
    ["a currency that does not exist", { currency: "ZZZ" }, "currency"],
    ["a creation in the future", { createdOn: "2027-01-01" }, "createdOn"],
  ])("%s", async (_name, overrides, field) => {
    await expect(company.deal(overrides)).rejects.toMatchObject({ code: "invalid", field });
  });

  test("a second row for the same partner and role", async () => {
    const dealId = await company.deal();
    await company.as("ana", tagPartner, { dealId, ...tag });
    await expect(company.as("ana", tagPartner, { dealId, ...tag })).rejects.toMatchObject({ field: "role" });
  });

  test("a registration of a day to come", async () => {
    const registration = { dealId: await company.deal(), partnerId: "P-1", submittedOn: "2026-05-21" };
    await expect(company.as("pam", submitRegistration, registration)).rejects.toMatchObject({
      code: "invalid",
      field: "submittedOn",
    });
  });

  test("a partner that would be its own ancestor", async () => {
    await company.as("hope", editPartner, { partnerId: "P-2", changes: { parentId: "P-1" } });
    const circle = company.as("hope", editPartner, { partnerId: "P-1", changes: { parentId: "P-2" } });
    await expect(circle).rejects.toMatchObject({ field: "changes.parentId" });
    await company.as("hope", editPartner, { partnerId: "P-2", changes: { parentId: null } });
  });
});

describe("who may (§9)", () => {
  test("an AE confirms their own deal's rows only, and is told why", async () => {
    const dealId = await company.deal();
    const { rowId, confirmed } = await company.as("pam", tagPartner, { dealId, ...tag });
    expect(confirmed).toBe(false);
    expect(await outcomeOf(dealId)).toMatchObject({ outcome: "none", disputed: true });
    await expect(company.as("ben", confirmRole, { rowId })).rejects.toMatchObject({
      code: "forbidden",
      rule: expect.stringContaining("Ana Ruiz"),
    });
    await company.as("ana", confirmRole, { rowId });
    expect(await outcomeOf(dealId)).toMatchObject({ outcome: "sourced", disputed: false });
  });

  test.each(["pam", "hope", "fay", "carl", "aude"] as const)("%s confirms no row", async (person) => {
    const dealId = await company.deal();
    const { rowId } = await company.as("pam", tagPartner, { dealId, ...tag });
    await expect(company.as(person, confirmRole, { rowId })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("an auditor writes nothing", async () => {
    const dealId = await company.deal();
    for (const [verb, input] of [
      [tagPartner, { dealId, ...tag }],
      [logActivity, { dealId, ...motion }],
      [closeDeal, { dealId, outcome: "lost" }],
    ] as const) {
      await expect(company.as("aude", verb, input)).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("a partner manager changes what they recorded and nobody else's; the head of partnerships, all", async () => {
    const dealId = await company.deal();
    const { activityId } = await company.as("pam", logActivity, { dealId, ...motion });
    const changes = { proof: "https://proof.example/1" };
    await expect(company.as("paul", editActivity, { activityId, changes })).rejects.toMatchObject({
      code: "forbidden",
    });
    await company.as("hope", editActivity, { activityId, changes });
    await company.as("pam", withdrawActivity, { activityId });
  });
});

describe("a deal's life", () => {
  test("a stage entered is remembered with its day", async () => {
    const dealId = await company.deal();
    await company.as("ana", moveStage, { dealId, stage: 3 });
    const path = await company.client.db
      .select()
      .from(stageEntries)
      .where(eq(stageEntries.dealId, dealId))
      .orderBy(asc(stageEntries.seq));
    expect(path.map(({ stage, enteredOn }) => [stage, enteredOn])).toEqual([
      [2, "2026-05-01"],
      [3, TODAY],
    ]);
    await expect(company.as("ana", moveStage, { dealId, stage: 3 })).rejects.toMatchObject({
      field: "stage",
    });
  });

  test("it cannot be closed won until its attribution is confirmed, even as nobody (§8.3)", async () => {
    const dealId = await company.deal();
    const won = { dealId, outcome: "won" };
    await expect(company.as("ana", closeDeal, won)).rejects.toMatchObject({
      rule: expect.stringContaining("Confirm the attribution before it is won"),
    });
    await company.as("ana", confirmNoPartner, { dealId });
    const { rowId } = await company.as("pam", tagPartner, { dealId, ...tag });
    expect((await rowOf(dealId)).noPartnerOn).toBeNull();
    await expect(company.as("ana", closeDeal, won)).rejects.toMatchObject({
      rule: expect.stringContaining("AE"),
    });
    await company.as("ana", confirmRole, { rowId });
    await company.as("ana", closeDeal, won);
    expect(await rowOf(dealId)).toMatchObject({ outcome: "won", closedOn: TODAY });
  });

  test("a confirmed row that somebody else rewrites waits for its AE again", async () => {
    const dealId = await company.deal();
    const { rowId } = await company.as("pam", tagPartner, { dealId, ...tag });
    expect(await company.as("ana", confirmRole, { rowId })).toMatchObject({ rowId });
    const changes = { touchStage: 1 };
    expect(await company.as("pam", editRole, { rowId, changes })).toMatchObject({ confirmed: false });
    const [row] = await company.client.db.select().from(roleRows).where(eq(roleRows.id, rowId));
    expect(row).toMatchObject({ ...changes, confirmedOn: null, confirmedBy: null });
  });

  test("an activity logged for the wrong partner is given to the right one, and judged as theirs", async () => {
    const dealId = await company.deal();
    const { activityId } = await company.as("pam", logActivity, {
      ...{ dealId, ...motion },
      proof: "https://calls.example/8",
    });
    await company.as("pam", editActivity, { activityId, changes: { partnerId: "P-2" } });
    const { partners } = await outcomeOf(dealId);
    expect(partners.map(({ id }) => id)).toEqual(["P-2"]);
    await expect(
      company.as("pam", editActivity, { activityId, changes: { partnerId: "P-nobody" } }),
    ).rejects.toMatchObject({ code: "not_found", field: "partnerId" });
  });

  test("after close what was claimed is locked; a missing proof may still come", async () => {
    const dealId = await company.deal();
    const { rowId } = await company.as("ana", tagPartner, { dealId, ...tag });
    const { activityId } = await company.as("pam", logActivity, { dealId, ...motion });
    await company.as("ana", closeDeal, { dealId, outcome: "won" });
    const rule = { rule: expect.stringContaining("locked") };
    await expect(company.as("ana", editRole, { rowId, changes: { touchStage: 1 } })).rejects.toMatchObject(
      rule,
    );
    await expect(company.as("ana", withdrawRole, { rowId })).rejects.toMatchObject(rule);
    for (const changes of [{ stage: 3 }, { involvement: "supportive" }])
      await expect(company.as("pam", editActivity, { activityId, changes })).rejects.toMatchObject(rule);
    await expect(company.as("pam", withdrawActivity, { activityId })).rejects.toMatchObject(rule);
    await company.as("pam", editActivity, { activityId, changes: { proof: "https://calls.example/7" } });
    const late = await company.as(
      "pam",
      tagPartner,
      { dealId, ...tag, partnerId: "P-2" },
      { today: "2026-05-22" },
    );
    expect((await outcomeOf(dealId)).gray).toContain("late_record");
    await company.as("pam", withdrawRole, { rowId: late.rowId }, { today: "2026-05-22" });
  });

  test("created from a registration, it is tagged once that is approved, and waits for its AE (§8.1)", async () => {
    const registration = { partnerId: "P-1", submittedOn: "2026-04-28" };
    const dealId = await company.deal({ registration });
    const rowsOf = () => company.client.db.select().from(roleRows).where(eq(roleRows.dealId, dealId));
    expect([await outcomeOf(dealId), await rowsOf()]).toMatchObject([{ outcome: "none" }, []]);
    const [waits] = await company.client.db
      .select()
      .from(registrations)
      .where(eq(registrations.dealId, dealId));
    const decide = { registrationId: waits!.id, status: "approved" };
    await company.as("pam", decideRegistration, decide);
    expect(await outcomeOf(dealId)).toMatchObject({ outcome: "sourced" });
    expect(await rowsOf()).toMatchObject([
      {
        ...{ partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-04-28" },
        ...{ recordedBy: "pam", confirmedOn: null },
      },
    ]);
  });

  test("rejected, or of a deal that was there before, a registration tags nobody (§8.1)", async () => {
    const from = await company.deal({ registration: { partnerId: "P-1", submittedOn: "2026-04-28" } });
    const there = await company.deal();
    await company.as("paul", submitRegistration, {
      dealId: there,
      partnerId: "P-1",
      submittedOn: "2026-04-28",
    });
    for (const [dealId, answer] of [
      [from, { status: "rejected", reason: "ours" }],
      [there, { status: "approved" }],
    ] as const) {
      const [one] = await company.client.db
        .select()
        .from(registrations)
        .where(eq(registrations.dealId, dealId));
      await company.as("pam", decideRegistration, { registrationId: one!.id, ...answer });
      expect(await company.client.db.select().from(roleRows).where(eq(roleRows.dealId, dealId))).toEqual([]);
    }
  });
});

describe("undo", () => {
  test("puts back what stood before, and the log keeps both", async () => {
    const dealId = await company.deal();
    const { request } = await company.as("ana", tagPartner, { dealId, ...tag });
    await company.as("ana", undo, { request });
    expect(await outcomeOf(dealId)).toMatchObject({ outcome: "none" });
    const { rowId } = await company.as("ana", tagPartner, { dealId, ...tag });
    const [row] = await company.client.db.select().from(roleRows).where(eq(roleRows.id, rowId));
    const withdrawn = await company.as("ana", withdrawRole, { rowId });
    await company.as("ana", undo, { request: withdrawn.request });
    const [again] = await company.client.db.select().from(roleRows).where(eq(roleRows.id, rowId));
    const { createdAt: _, ...facts } = row!;
    expect(again).toMatchObject(facts);
    expect((await entriesOf(dealId)).filter(({ action }) => action === "undo").length).toBeGreaterThanOrEqual(
      4,
    );
  });

  test("is for the writes of the last ten minutes", async () => {
    const dealId = await company.deal();
    const { request } = await company.as("ana", tagPartner, { dealId, ...tag });
    const owner = postgres(company.url, { max: 1, onnotice: () => {} });
    await owner.begin(async (own) => {
      await own`set local session_replication_role = replica`;
      await own`alter table audit_log disable trigger b_append_only`;
      await own`update audit_log set at = at - interval '11 minutes' where request = ${request}`;
      await own`alter table audit_log enable always trigger b_append_only`;
    });
    await owner.end();
    await expect(company.as("ana", undo, { request })).rejects.toMatchObject({
      rule: expect.stringContaining("no write of the last 10 minutes"),
    });
  });

  test("takes back a stage, never a close", async () => {
    const dealId = await company.deal();
    const moved = await company.as("ana", moveStage, { dealId, stage: 4 });
    await company.as("ana", undo, { request: moved.request });
    await company.as("ana", confirmNoPartner, { dealId });
    const closed = await company.as("ana", closeDeal, { dealId, outcome: "won" });
    await expect(company.as("ana", undo, { request: closed.request })).rejects.toMatchObject({
      rule: expect.stringContaining("propose a correction"),
    });
    expect(await rowOf(dealId)).toMatchObject({ outcome: "won", closedOn: TODAY, noPartnerOn: TODAY });
    const stages = await company.client.db
      .select()
      .from(stageEntries)
      .where(and(eq(stageEntries.dealId, dealId), eq(stageEntries.stage, 4)));
    expect(stages).toHaveLength(0);
  });

  test("keeps what somebody changed since, and is for one's own writes, once", async () => {
    const dealId = await company.deal();
    const { rowId, request } = await company.as("pam", tagPartner, { dealId, ...tag });
    await expect(company.as("paul", undo, { request })).rejects.toMatchObject({ code: "forbidden" });
    await company.as("ana", confirmRole, { rowId });
    await expect(company.as("pam", undo, { request })).rejects.toMatchObject({ code: "conflict" });
    const own = await company.as("ana", editDeal, { dealId, changes: { amount: 7 } });
    await company.as("ana", undo, { request: own.request });
    await expect(company.as("ana", undo, { request: own.request })).rejects.toMatchObject({
      rule: expect.stringContaining("already"),
    });
    expect((await rowOf(dealId)).amount).toBe(1_000_000);
  });
});

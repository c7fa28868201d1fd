import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Company, openCompany, type Person, TODAY } from "@/lib/commands/commands.fixture";
import { crmOf } from "@/lib/commands/connection/said-by-crm.fixture";
import { settleDifference } from "@/lib/commands/connection/settle-difference";
import { acceptCorrection } from "@/lib/commands/correction/accept-correction";
import { proposeCorrection } from "@/lib/commands/correction/propose-correction";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { lockMonth } from "@/lib/commands/reconciliation/lock-month";
import { reconcileDeal } from "@/lib/commands/reconciliation/reconcile-deal";
import { unlockMonth } from "@/lib/commands/reconciliation/unlock-month";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { checkProjections } from "@/lib/judging/rebuild";
import { inbox } from "../inbox/inbox";
import { answer } from "../query";
import { reconciliation } from "./reconciliation";

/** The CRM says otherwise than a person decided here (domain.md §8.5). */
let company: Company;
let crm: Awaited<ReturnType<typeof crmOf>>;
beforeAll(async () => {
  company = await openCompany();
  crm = await crmOf(company.client, company.actor("rita"), TODAY);
});
afterAll(() => company.close());

const as: Company["as"] = (...asked) => company.as(...asked);
const MONTH = { month: TODAY.slice(0, 7) };

/** The deal's line of its month, for whoever asks. */
async function line(dealId: string, who: Person = "fay") {
  const context = { db: company.client.db, actor: company.actor(who), today: TODAY };
  const asked = reconciliation.input.parse({ ...MONTH, dealId });
  const [row] = (await answer(reconciliation, asked, context)).rows;
  return row!;
}
const driftIn = ({ found }: Awaited<ReturnType<typeof line>>) =>
  found.find(({ kind }) => kind === "drifted") ?? null;
async function drifts(dealId: string) {
  const found = driftIn(await line(dealId));
  return found && { suggestion: found.suggestion, because: found.because, fields: found.drift!.fields };
}
async function items(dealId: string, who: Person = "ana") {
  const context = { db: company.client.db, actor: company.actor(who), today: TODAY };
  const { items: all } = await inbox.run(context, { scope: "mine", snoozed: false, limit: 500 });
  return all.flatMap((item) => (item.kind === "drifted" && item.deal?.id === dealId ? [item] : []));
}
async function stored(dealId: string) {
  const [row] = await company.client.db.execute<{
    version: number;
  }>(sql`select amount::int as amount, version,
    next_step as "nextStep", amended_on is not null as amended from deals where id = ${dealId}`);
  return row!;
}
const edit = (dealId: string, changes: object) => as("ana", editDeal, { dealId, changes });
const settle = async (dealId: string, take: "here" | "there", who: Person = "fay", more: object = {}) => {
  const { version } = await stored(dealId);
  const record = { connectionId: crm.connectionId, kind: "deals", key: dealId };
  return as(who, settleDifference, { ...record, take, version, ...more });
};
const stands = async (dealId: string) =>
  as("fay", reconcileDeal, { dealId, version: (await stored(dealId)).version, stands: true });

/** An open deal whose amount its AE said otherwise than the CRM had. */
async function typedOver(): Promise<string> {
  const dealId = await company.deal();
  await crm.says(dealId);
  await edit(dealId, { amount: 77 });
  return dealId;
}
async function won(): Promise<string> {
  const dealId = await typedOver();
  await as("ana", closeDeal, { dealId, outcome: "won", involved: "none" });
  return dealId;
}
const AMOUNT = [{ field: "amount", here: 77, there: 99_900 }];
const SAYS = { amount: "999.00" };

describe("of a closed deal it is found in its month", () => {
  test("side by side, once the CRM says it anew; its word is taken, and amends the deal", async () => {
    const dealId = await won();
    expect(await drifts(dealId)).toBeNull();
    await crm.says(dealId, SAYS);
    expect(await drifts(dealId)).toEqual({ suggestion: "take", because: "said_anew", fields: AMOUNT });
    expect((await line(dealId)).state).toBe("undecided");
    const rule = "It has closed: whoever reconciles its month settles this";
    expect(driftIn(await line(dealId, "ana"))?.drift?.may).toEqual({ take: rule, keep: rule });
    expect(await checkProjections(company.client, TODAY)).toBeNull();
    await expect(settle(dealId, "there", "ana")).rejects.toMatchObject({ code: "forbidden", rule });
    await settle(dealId, "there", "hope");
    expect(await stored(dealId)).toMatchObject({ amount: 99_900, amended: true });
    expect(await drifts(dealId)).toBeNull();
    const [entry] = await company.client.db.execute(sql`select actor, after from audit_log
      where action = 'settle-difference' and subject_kind = 'source_record' and deal_id = ${dealId}`);
    expect(entry).toMatchObject({ actor: "user:hope", after: { taken: "there" } });
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });

  test("ours is kept until the source's value changes again, whatever else it says", async () => {
    const dealId = await won();
    await crm.says(dealId, SAYS);
    await settle(dealId, "here");
    expect(await stored(dealId)).toMatchObject({ amount: 77, amended: false });
    await crm.says(dealId, { ...SAYS, next_step: "Call them" });
    await crm.says(dealId, SAYS);
    expect(await drifts(dealId)).toBeNull();
    await crm.says(dealId, { amount: "1000.00" });
    expect((await drifts(dealId))?.fields).toEqual([{ field: "amount", here: 77, there: 100_000 }]);
  });

  test("what it said before and nobody settled stays beside what it says anew, and no more than that", async () => {
    const dealId = await won();
    await edit(dealId, { owner: "Ben Okafor" });
    await crm.says(dealId, { ...SAYS, owner: "Ana Ruiz" });
    // The owner was said otherwise here; of that the CRM said nothing new.
    expect((await drifts(dealId))?.fields).toEqual(AMOUNT);
    await crm.says(dealId, { ...SAYS, owner: "Carla Weiss" });
    expect((await drifts(dealId))?.fields).toEqual([
      { field: "owner", here: "Ben Okafor", there: "Carla Weiss" },
      ...AMOUNT,
    ]);
    await crm.says(dealId, { amount: "0.77", owner: "Carla Weiss" });
    expect((await drifts(dealId))?.fields.map(({ field }) => field)).toEqual(["owner"]);
  });

  test("what stands is left so by a decision, which holds for what the CRM said then and for nothing else", async () => {
    const dealId = await won();
    await crm.says(dealId, SAYS);
    await stands(dealId);
    expect((await line(dealId)).state).toBe("stands");
    await crm.says(dealId, { amount: "1000.00" });
    expect(await line(dealId)).toMatchObject({ state: "undecided", decision: { holds: false } });
    await crm.says(dealId, SAYS);
    expect((await line(dealId)).state).toBe("stands");
  });

  test("it goes by itself when the CRM says again what stands here, and is passed on by a case", async () => {
    const dealId = await won();
    await crm.says(dealId, SAYS);
    await as("pam", raiseException, { dealId, kind: "other", claim: "which amount is it" });
    expect((await line(dealId)).state).toBe("exception");
    await crm.says(dealId, { amount: "0.77" });
    expect(await drifts(dealId)).toBeNull();
    expect(await checkProjections(company.client, TODAY)).toBeNull();
  });

  test("what two corrected here is kept, as it is suggested; only the columns that differ are taken", async () => {
    const dealId = await won();
    const proposed = { dealId, changes: { amount: 88 }, reason: "signed so" };
    const { correctionId } = await as("ana", proposeCorrection, proposed);
    await as("fay", acceptCorrection, { correctionId });
    await crm.says(dealId, SAYS);
    expect(await drifts(dealId)).toMatchObject({ suggestion: "keep", because: "corrected_here" });
    await edit(dealId, { nextStep: "ours alone" });
    await settle(dealId, "there");
    expect(await stored(dealId)).toMatchObject({ amount: 99_900, nextStep: "ours alone", amended: true });
  });

  test("its role table is locked: a row that the CRM has no more is kept, or passed on", async () => {
    const { dealId, rowId } = await confirmedRow();
    await as("ana", closeDeal, { dealId, outcome: "won" });
    await crm.takesAway(rowId);
    expect(await drifts(dealId)).toMatchObject({
      ...{ suggestion: "keep", because: "rows_locked", fields: [{ field: "", there: null }] },
    });
    const asked = { connectionId: crm.connectionId, kind: "roles", key: rowId };
    const rule = expect.stringContaining("its role table is locked");
    await expect(as("fay", settleDifference, { ...asked, take: "there" })).rejects.toMatchObject({ rule });
    await as("fay", settleDifference, { ...asked, take: "here" });
    expect(await drifts(dealId)).toBeNull();
    const rows = await company.client.db.execute(sql`select id from role_rows where deal_id = ${dealId}`);
    expect([...rows]).toEqual([{ id: rowId }]);
  });

  test("somebody who looked before it changed again sees a conflict", async () => {
    const dealId = await won();
    await crm.says(dealId, SAYS);
    const { version } = await stored(dealId);
    await edit(dealId, { nextStep: "meet" });
    await expect(settle(dealId, "there", "fay", { version })).rejects.toMatchObject({ code: "conflict" });
    expect(await stored(dealId)).toMatchObject({ amount: 77 });
  });

  test("in a locked month neither is taken; unlocked, it is", async () => {
    const dealId = await won();
    await crm.says(dealId, SAYS);
    const context = { db: company.client.db, actor: company.actor("fay"), today: TODAY };
    const left = reconciliation.input.parse({ ...MONTH, state: "undecided" });
    for (const one of (await answer(reconciliation, left, context)).rows) await stands(one.dealId);
    await as("fay", lockMonth, MONTH, { today: "2026-06-04" });
    const rule = expect.stringContaining("May 2026 is locked");
    for (const take of ["here", "there"] as const)
      await expect(settle(dealId, take)).rejects.toMatchObject({ rule });
    expect(driftIn(await line(dealId))?.drift?.may).toEqual({ take: rule, keep: rule });
    await as("fay", unlockMonth, { ...MONTH, reason: "the CRM" });
    await settle(dealId, "there");
    expect(await stored(dealId)).toMatchObject({ amount: 99_900 });
  });
});

describe("of an open deal it is its AE's item", () => {
  test("taken or kept in place, by its AE and by nobody else but an admin", async () => {
    const dealId = await typedOver();
    await crm.says(dealId, SAYS);
    expect(await items(dealId)).toMatchObject([
      {
        ...{ source: "The CRM", of: "deals", key: dealId, may: { take: true, keep: true } },
        ...{ fields: AMOUNT, deal: { state: "open" } },
      },
    ]);
    expect(await items(dealId, "ben")).toEqual([]);
    for (const who of ["fay", "ben", "pam"] as const)
      await expect(settle(dealId, "there", who)).rejects.toMatchObject({ code: "forbidden" });
    await settle(dealId, "here", "ana");
    expect(await items(dealId)).toEqual([]);
    await crm.says(dealId, { amount: "1000.00" });
    expect(await items(dealId)).toHaveLength(1);
    // What a person makes the same by hand is no difference any more.
    await edit(dealId, { amount: 100_000 });
    expect(await items(dealId)).toEqual([]);
    await edit(dealId, { amount: 78 });
    await settle(dealId, "there", "rita");
    expect(await stored(dealId)).toMatchObject({ amount: 100_000, amended: false });
  });

  test("a row that its AE stands behind, and the CRM has no more, is taken off", async () => {
    const { dealId, rowId } = await confirmedRow();
    await crm.takesAway(rowId);
    expect(await items(dealId)).toMatchObject([
      { of: "roles", key: rowId, partner: { id: "P-1", name: "Northgate" }, may: { take: true } },
    ]);
    const asked = { connectionId: crm.connectionId, kind: "roles", key: rowId, take: "there" };
    await as("ana", settleDifference, asked);
    const rows = await company.client.db.execute(sql`select id from role_rows where deal_id = ${dealId}`);
    expect([[...rows], await items(dealId)]).toEqual([[], []]);
  });
});

/** A row that somebody proposed and its deal's AE confirmed. */
async function confirmedRow(): Promise<{ dealId: string; rowId: string }> {
  const dealId = await company.deal();
  const { rowId } = await as("pam", tagPartner, { dealId, partnerId: "P-1", role: "sourcer" });
  await as("ana", confirmRole, { rowId });
  return { dealId, rowId: rowId as string };
}

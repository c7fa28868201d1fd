import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { addJointStep } from "@/lib/commands/step/add-joint-step";
import { finishJointStep } from "@/lib/commands/step/finish-joint-step";
import { dealsList } from "../deals/deals-list";
import type { Query } from "../query";
import { partnerMotion } from "./partner-motion";
import { partnersInMotion } from "./partners-in-motion";

let company: Company;
/** Of P-1's deals; `other` is P-2's alone. */
const deals: Record<"won" | "lost" | "sourced" | "bare" | "other", string> = {} as never;

async function ask<I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>, input: z.input<I>) {
  const context = { db: company.client.db, actor: company.actor("carl"), today: TODAY };
  // What is answered must be what the contract says, to the last key.
  return query.output.parse(await query.run(context, query.input.parse(input)));
}
const idsOf = async (asked: object) =>
  (await ask(dealsList, { partnerId: "P-1", ...asked })).rows.map(({ id }) => id).sort();
const of = (...names: (keyof typeof deals)[]) => names.map((name) => deals[name]).sort();

async function acted(partnerId: string, occurredOn: string, proof?: string): Promise<string> {
  const dealId = await company.deal({ createdOn: "2026-01-01" });
  const type = "joint_discovery";
  await company.as("pam", logActivity, { dealId, partnerId, type, stage: 2, occurredOn, proof });
  return dealId;
}

async function close(dealId: string, outcome: "won" | "lost") {
  const row = { dealId, partnerId: "P-1", role: "influencer", touchStage: 2, touchedOn: "2026-05-02" };
  const { rowId } = await company.as("pam", tagPartner, row);
  await company.as("ana", confirmRole, { rowId });
  await company.as("ana", closeDeal, { dealId, outcome });
}

beforeAll(async () => {
  company = await openCompany();
  deals.won = await acted("P-1", "2026-05-02", "https://proof.example/1");
  deals.lost = await acted("P-1", "2026-04-11", "https://proof.example/2");
  deals.bare = await acted("P-1", "2026-04-20");
  deals.other = await acted("P-2", "2026-04-21");
  await close(deals.won, "won");
  await close(deals.lost, "lost");
  deals.sourced = await company.deal({ createdOn: "2026-01-01" });
  const tag = { dealId: deals.sourced, partnerId: "P-1", role: "sourcer", touchStage: 1 };
  const { rowId } = await company.as("pam", tagPartner, { ...tag, touchedOn: "2026-01-01" });
  await company.as("ana", confirmRole, { rowId });
  // Beside P-1 stands P-2 with another outcome: what is P-2's counts for nothing here.
  const motion = {
    type: "joint_pitch",
    stage: 2,
    occurredOn: "2026-03-03",
    proof: "https://proof.example/3",
  };
  await company.as("pam", logActivity, { dealId: deals.sourced, partnerId: "P-2", ...motion });
});
afterAll(() => company.close());

test("outcomes are the partner's own, with who stands behind each, and each figure opens exactly its deals", async () => {
  const { outcomes, disputed, influenced } = await ask(partnerMotion, { partnerId: "P-1" });
  expect(outcomes).toEqual([
    { outcome: "sourced", deals: 1, evidence: [{ grade: "countersigned", deals: 1 }] },
    { outcome: "influenced", deals: 2, evidence: [{ grade: "stated", deals: 2 }] },
    { outcome: "none", deals: 1, evidence: [] },
  ]);
  expect(await idsOf({ partnerOutcome: ["sourced"] })).toEqual(of("sourced"));
  expect(await idsOf({ partnerOutcome: ["influenced"] })).toEqual(of("won", "lost"));
  expect(await idsOf({ partnerOutcome: ["influenced"], partnerEvidence: "stated" })).toEqual(
    of("won", "lost"),
  );
  expect(await idsOf({ partnerOutcome: ["influenced"], partnerEvidence: "countersigned" })).toEqual([]);
  expect(await idsOf({ partnerOutcome: ["none"] })).toEqual(of("bare"));
  expect(disputed).toBe(1);
  expect(await idsOf({ partnerDisputed: true })).toEqual(of("bare"));
  expect(await idsOf({ partnerDisputed: false })).toEqual(of("won", "lost", "sourced"));
  expect(influenced).toMatchObject({ won: 1, lost: 1 });
  expect(await idsOf({ partnerOutcome: influenced.outcomes, state: "won" })).toEqual(of("won"));
});

test("activity stands by month, twelve of them, and each month opens the deals acted on in it", async () => {
  const { months, sinceDays } = await ask(partnerMotion, { partnerId: "P-1" });
  expect([months.length, months[0]!.month, months.at(-1)!.month]).toEqual([12, "2025-06", "2026-05"]);
  expect(months.filter(({ activities }) => activities > 0)).toEqual([
    { month: "2026-04", activities: 2, proven: 1 },
    { month: "2026-05", activities: 1, proven: 1 },
  ]);
  expect(sinceDays).toBe(18);
  expect(await idsOf({ partnerActed: "2026-04" })).toEqual(of("lost", "bare"));
  // What P-2 did on a deal of P-1's is not P-1's.
  expect(await idsOf({ partnerActed: "2026-03" })).toEqual([]);
  expect(await idsOf({ partnerProof: "proven" })).toEqual(of("won", "lost"));
  expect(await idsOf({ partnerProof: "missing" })).toEqual(of("bare"));
});

test("next steps are those of its deals that nobody finished, the overdue ones said", async () => {
  const plan = (what: string, dueOn: string) =>
    company.as("pam", addJointStep, { dealId: deals.bare, partnerId: "P-1", what, dueOn });
  await plan("Send the deck", "2026-05-30");
  const { stepId } = await plan("Call the CFO", "2026-05-25");
  await company.as("pam", finishJointStep, { stepId });
  await company.as("pam", logActivity, {
    ...{ dealId: deals.bare, partnerId: "P-1", type: "joint_pitch", stage: 2, occurredOn: "2026-04-02" },
    ...{ nextStep: "Meet again", nextStepDueOn: "2026-05-10" },
  });
  const { steps } = await ask(partnerMotion, { partnerId: "P-1" });
  expect(steps).toMatchObject({
    ...{ open: 2, overdue: 1 },
    shown: [
      { what: "Meet again", overdueDays: 10, deal: { id: deals.bare } },
      { what: "Send the deck", overdueDays: 0 },
    ],
  });
  const [row] = (await ask(partnersInMotion, { search: "Northgate" })).rows;
  expect(row).toMatchObject({
    activities: 4,
    proven: 2,
    openSteps: 2,
    sourced: 1,
    influenced: 2,
    disputed: 1,
  });
});

test("what is asked of a partner is refused without one, and of a number what no seal keeps", async () => {
  await expect(ask(dealsList, { partnerOutcome: ["sourced"] })).rejects.toMatchObject({
    field: "partnerOutcome",
  });
  const number = {
    partnerId: "P-1",
    number: "influencedWinRate",
    quarter: "2026-Q2",
    partnerActed: "2026-04",
  };
  await expect(ask(dealsList, number)).rejects.toMatchObject({ field: "partnerActed" });
});

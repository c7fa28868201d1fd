// Over 300 lines: one case goes through all that can happen to it, told in order.

import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deals } from "@/db/schema/deals";
import { exceptionNotes, exceptions, exceptionVotes } from "@/db/schema/exceptions";
import { rulings } from "@/db/schema/facts";
import { judgedDeals } from "@/db/schema/outcomes";
import { learnings } from "@/db/schema/policies";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { judgeAll } from "@/lib/judging/judge-all";
import { dayInWords } from "@/lib/text/days";
import { editActivity } from "../activity/edit-activity";
import { logActivity } from "../activity/log-activity";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { closeDeal } from "../deal/close-deal";
import { deleteDeal } from "../deal/delete-deal";
import { editDeal } from "../deal/edit-deal";
import { grantProgram } from "../partner/grant-program";
import { confirmRole } from "../role/confirm-role";
import { editRole } from "../role/edit-role";
import { tagPartner } from "../role/tag-partner";
import { withdrawRole } from "../role/withdraw-role";
import { undo } from "../undo";
import { assignException } from "./assign-exception";
import { commentException } from "./comment-exception";
import { decideException } from "./decide-exception";
import { deferException } from "./defer-exception";
import { raiseException } from "./raise-exception";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const logOf = (dealId: string) =>
  company.client.db
    .select()
    .from(exceptions)
    .where(eq(exceptions.dealId, dealId))
    .orderBy(asc(exceptions.openedAt), asc(exceptions.kind));
const one = async (exceptionId: string) =>
  (await company.client.db.select().from(exceptions).where(eq(exceptions.id, exceptionId)))[0]!;
const notesOf = async (exceptionId: string) =>
  (
    await company.client.db
      .select({ kind: exceptionNotes.kind })
      .from(exceptionNotes)
      .where(eq(exceptionNotes.exceptionId, exceptionId))
      .orderBy(asc(exceptionNotes.at), asc(exceptionNotes.id))
  ).map(({ kind }) => kind);
const outcomeOf = async (dealId: string) =>
  (await company.client.db.select().from(judgedDeals).where(eq(judgedDeals.dealId, dealId)))[0]!.outcome;

/** An AE's row at a stage that the deal was not at that day: a stage conflict. */
async function conflicted(): Promise<{ dealId: string; rowId: string }> {
  const dealId = await company.deal();
  const row = { dealId, partnerId: "P-1", role: "influencer", touchStage: 4, touchedOn: "2026-05-02" };
  const { rowId } = await company.as("ana", tagPartner, row);
  return { dealId, rowId: rowId as string };
}

/** A deal lost with a partner's motion unproven, so unsettled; Pam logged it. */
async function unsettled(): Promise<{ dealId: string; activityId: string; exceptionId: string }> {
  const dealId = await company.deal();
  const motion = { dealId, partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" };
  const { activityId } = await company.as("pam", logActivity, motion);
  const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
  await company.as("ana", closeDeal, { dealId, version: deal!.version, outcome: "lost", closedOn: TODAY });
  const [found] = await logOf(dealId);
  return { dealId, activityId: activityId as string, exceptionId: found!.id };
}

const vote = (decision: string, more: object = {}) => ({
  decision,
  reason: "because the memo says so",
  ...more,
});

describe("gray areas found by judging", () => {
  test("open by themselves in the quarter of the close, or of today, with the facts that made them gray", async () => {
    const { dealId, rowId } = await conflicted();
    expect(await logOf(dealId)).toMatchObject([
      {
        kind: "stage_conflict",
        quarter: "2026-Q2",
        origin: "found",
        partnerId: "P-1",
        amount: 1_000_000,
        openedOn: TODAY,
        settlement: null,
        facts: { ids: [rowId], roles: [{ id: rowId, touchStage: 4 }] },
      },
    ]);
  });

  test("close by themselves, with a trace, when what was missing is added; open anew when gray again", async () => {
    const dealId = await company.deal({ stage: 1 });
    await company.as("hope", grantProgram, { partnerId: "P-2", name: "pe_vc_pricing" });
    const row = { dealId, partnerId: "P-2", role: "sourcer", touchStage: 1, touchedOn: TODAY };
    const { rowId } = await company.as("pam", tagPartner, row);
    expect(await logOf(dealId)).toMatchObject([{ kind: "program_exception", settlement: null }]);
    const { request } = await company.as("ana", confirmRole, { rowId });
    const [closed] = await logOf(dealId);
    expect(closed).toMatchObject({ settlement: "facts", settledOn: TODAY });
    expect(await notesOf(closed!.id)).toEqual(["opened", "closed_by_facts"]);
    await company.as("ana", undo, { request });
    expect((await logOf(dealId)).map(({ settlement }) => settlement)).toEqual(["facts", null]);
  });

  test("stay for the two when a fact that made them was changed or withdrawn", async () => {
    const { dealId, rowId } = await conflicted();
    await company.as("ana", editRole, { rowId, changes: { touchStage: 2 } });
    expect(await logOf(dealId)).toMatchObject([{ kind: "stage_conflict", settlement: null }]);
    const other = await conflicted();
    await company.as("ana", withdrawRole, { rowId: other.rowId });
    expect(await logOf(other.dealId)).toMatchObject([{ kind: "stage_conflict", settlement: null }]);
    const sold = await company.deal({ route: "marketplace", stage: 1 });
    const tag = { dealId: sold, partnerId: "P-1", role: "sourcer", touchStage: 1, touchedOn: TODAY };
    await company.as("ana", tagPartner, tag);
    await company.as("ana", editDeal, { dealId: sold, changes: { route: "direct" } });
    expect(await logOf(sold)).toMatchObject([{ kind: "marketplace", settlement: null }]);
  });

  test("stay open when the facts are put right after close", async () => {
    const { activityId, exceptionId } = await unsettled();
    expect(await one(exceptionId)).toMatchObject({ kind: "unsettled", settlement: null });
    await company.as("pam", editActivity, { activityId, changes: { proof: "https://notes.example/1" } });
    expect(await one(exceptionId)).toMatchObject({ kind: "unsettled", settlement: null });
  });

  test("move to another quarter with an open deal, and to the quarter of the close", async () => {
    const { dealId } = await conflicted();
    const later = { today: "2026-07-05" };
    await company.as("ana", editDeal, { dealId, changes: { amount: 7 } }, later);
    expect(await logOf(dealId)).toMatchObject([{ quarter: "2026-Q3" }]);
    const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
    const close = { dealId, version: deal!.version, outcome: "lost", closedOn: "2026-05-30" };
    // The server's own day bounds what the database takes, and this one is past.
    await company.as("ana", closeDeal, close, later);
    expect(await logOf(dealId)).toMatchObject([{ quarter: "2026-Q2", settlement: null }]);
  });

  test("a rebuild leaves the log as living wrote it", async () => {
    const read = () => company.client.db.select().from(exceptions).orderBy(asc(exceptions.id));
    await conflicted();
    await unsettled();
    // Deals that time has passed for are judged as of their own later day above; the same day twice changes nothing.
    await judgeAll(company.client, "2026-07-05");
    const live = await read();
    await judgeAll(company.client, "2026-07-05");
    expect(await read()).toEqual(live);
    await judgeAll(company.client, TODAY);
  });

  test("a deleted deal takes nothing out of the log, and leaves nothing to decide", async () => {
    const { dealId } = await conflicted();
    const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
    await expect(
      company.as("ana", deleteDeal, { dealId, version: deal!.version, reason: "merged" }),
    ).rejects.toMatchObject({ code: "forbidden" });
    const merged = { dealId, version: deal!.version, reason: "merged into D-1" };
    await expect(company.as("rita", deleteDeal, merged)).rejects.toThrow("undecided");
    await company.as("rita", deleteDeal, merged, { actor: COMMAND_LINE });
    expect(await logOf(dealId)).toMatchObject([{ kind: "stage_conflict", settlement: "facts" }]);
  });
});

describe("a decision needs one person from finance and one from partnerships", () => {
  test("one side waits, two that differ stay open with both, two that agree settle it", async () => {
    const { exceptionId } = await unsettled();
    const first = await company.as("fay", decideException, {
      exceptionId,
      version: 1,
      ...vote("rule_upheld"),
    });
    expect(first).toMatchObject({ state: "waiting", version: 2, became: null });
    const second = await company.as("hope", decideException, {
      exceptionId,
      version: 2,
      ...vote("learning"),
    });
    expect(second).toMatchObject({ state: "split", version: 3 });
    expect(await one(exceptionId)).toMatchObject({ settlement: null });
    const votes = await company.client.db
      .select()
      .from(exceptionVotes)
      .where(eq(exceptionVotes.exceptionId, exceptionId));
    expect(votes.map(({ side, decision }) => [side, decision])).toEqual([
      ["finance", "rule_upheld"],
      ["partnerships", "learning"],
    ]);
    const third = await company.as("hope", decideException, {
      exceptionId,
      version: 3,
      ...vote("rule_upheld"),
    });
    expect(third).toMatchObject({ state: "settled", became: null });
    expect(await one(exceptionId)).toMatchObject({ settlement: "rule_upheld", settledOn: TODAY });
    expect((await notesOf(exceptionId)).filter((kind) => kind === "voted")).toHaveLength(3);
    await expect(
      company.as("fay", decideException, { exceptionId, version: 4, ...vote("learning") }),
    ).rejects.toMatchObject({
      code: "invalid",
      rule: `It was settled on ${dayInWords(TODAY)}: a decision stands`,
    });
  });

  test("a ruling is one more fact: the deal is judged again at once, and the gray area is not asked again", async () => {
    const { dealId, exceptionId } = await unsettled();
    expect(await outcomeOf(dealId)).toBe("none");
    const ruling = vote("ruling", { partnerId: "P-1", outcome: "influenced" });
    await company.as("hope", decideException, { exceptionId, version: 1, ...ruling });
    const settled = await company.as("fay", decideException, { exceptionId, version: 2, ...ruling });
    expect(settled).toMatchObject({ state: "settled", became: expect.stringMatching(/^X-/) });
    expect(await outcomeOf(dealId)).toBe("influenced");
    const stored = await company.client.db.select().from(rulings).where(eq(rulings.dealId, dealId));
    expect(stored).toMatchObject([
      { id: settled.became, partnerId: "P-1", model: "two_bucket", outcome: "influenced", decidedOn: TODAY },
    ]);
    await judgeAll(company.client, TODAY);
    expect(await logOf(dealId)).toMatchObject([{ settlement: "ruling", became: settled.became }]);
  });

  test("rulings for different outcomes do not agree", async () => {
    const { exceptionId } = await unsettled();
    const rule = (outcome: string) => vote("ruling", { partnerId: "P-1", outcome });
    await company.as("hope", decideException, { exceptionId, version: 1, ...rule("sourced") });
    const other = await company.as("fay", decideException, {
      exceptionId,
      version: 2,
      ...rule("influenced"),
    });
    expect(other.state).toBe("split");
  });

  test("a learning waits for the amendment, with its exception as source", async () => {
    const { exceptionId } = await unsettled();
    for (const [person, version] of [
      ["fay", 1],
      ["hope", 2],
    ] as const)
      await company.as(person, decideException, { exceptionId, version, ...vote("learning") });
    const kept = await company.client.db.select().from(learnings).where(eq(learnings.source, exceptionId));
    expect(kept).toMatchObject([{ quarter: "2026-Q2", text: "because the memo says so" }]);
  });

  test("two deciding at once: the later sees a conflict with both", async () => {
    const { exceptionId } = await unsettled();
    const calls = [
      company.as("fay", decideException, { exceptionId, version: 1, ...vote("rule_upheld") }),
      company.as("hope", decideException, { exceptionId, version: 1, ...vote("learning") }),
    ];
    const answers = await Promise.allSettled(calls);
    const refused = answers.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toMatchObject({
      code: "conflict",
      value: { yours: { version: 1 }, now: { version: 2, votes: [{ reason: "because the memo says so" }] } },
    });
  });

  test("nobody decides on what they raised or recorded, and others do not decide at all", async () => {
    const { dealId } = await conflicted();
    const { exceptionId } = await company.as("hope", raiseException, {
      dealId,
      kind: "other",
      claim: "we brought this",
    });
    const mine = { exceptionId, version: 1, ...vote("rule_upheld") };
    await expect(company.as("hope", decideException, mine)).rejects.toMatchObject({ code: "forbidden" });
    for (const person of ["ana", "pam", "carl", "rita", "aude"] as const)
      await expect(company.as(person, decideException, mine)).rejects.toMatchObject({ code: "forbidden" });

    const other = await company.deal();
    const row = {
      dealId: other,
      partnerId: "P-1",
      role: "influencer",
      touchStage: 4,
      touchedOn: "2026-05-02",
    };
    await company.as("hope", tagPartner, row);
    const [found] = await logOf(other);
    await expect(
      company.as("hope", decideException, { ...mine, exceptionId: found!.id }),
    ).rejects.toMatchObject({
      code: "forbidden",
      rule: "Nobody decides on their own claim: you recorded Northgate's row as influencer",
    });
  });

  test.each([
    ["a ruling without a partner", vote("ruling", { outcome: "sourced" }), "partnerId"],
    ["a ruling without an outcome", vote("ruling", { partnerId: "P-1" }), "outcome"],
    ["an outcome that the model lacks", vote("ruling", { partnerId: "P-1", outcome: "attached" }), "outcome"],
    ["a partner who is not on the deal", vote("ruling", { partnerId: "P-2", outcome: "none" }), "partnerId"],
    ["an outcome without a ruling", vote("learning", { outcome: "none" }), "outcome"],
    ["no reason", vote("learning", { reason: " " }), "reason"],
  ])("refuses %s", async (_, decision, at) => {
    const { exceptionId } = await unsettled();
    await expect(
      company.as("fay", decideException, { exceptionId, version: 1, ...decision }),
    ).rejects.toMatchObject({ code: "invalid", field: at });
  });
});

describe("around a case", () => {
  test("raised with four inputs at most, and everybody can say something", async () => {
    const { dealId, rowId } = await conflicted();
    const { exceptionId, quarter } = await company.as("ana", raiseException, {
      dealId,
      kind: "shared_origin",
      partnerId: "P-1",
      claim: "P-2 called them first",
    });
    expect(quarter).toBe("2026-Q2");
    await company.as("pam", commentException, { exceptionId, text: "I was there" });
    expect(await one(exceptionId)).toMatchObject({ raisedBy: "ana", claim: "P-2 called them first" });
    expect(await notesOf(exceptionId)).toEqual(["opened", "comment"]);
    // What was raised is for people to settle, whatever becomes of the facts.
    await company.as("ana", editRole, { rowId, changes: { touchStage: 2 } });
    expect(await one(exceptionId)).toMatchObject({ settlement: null });
  });

  test("owned by a person, deferred to a person and a day to come", async () => {
    const { exceptionId } = await unsettled();
    await company.as("fay", assignException, { exceptionId, ownerId: "pam" });
    expect(await one(exceptionId)).toMatchObject({ ownerId: "pam", version: 2 });
    const defer = { exceptionId, to: "hope", until: TODAY };
    await expect(company.as("fay", deferException, defer)).rejects.toMatchObject({ field: "until" });
    await expect(
      company.as("fay", deferException, { ...defer, until: "2026-06-30", version: 1 }),
    ).rejects.toMatchObject({ code: "conflict" });
    await company.as("fay", deferException, { ...defer, until: "2026-06-30", version: 2 });
    expect(await one(exceptionId)).toMatchObject({ deferredTo: "hope", deferredUntil: "2026-06-30" });
  });

  test("a late confirmation changes the deal, and leaves what was found at its close to the two sides", async () => {
    const dealId = await company.deal({ createdOn: "2026-05-01" });
    const row = { dealId, partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-04-30" };
    const { rowId } = await company.as("pam", tagPartner, row);
    const [deal] = await company.client.db.select().from(deals).where(eq(deals.id, dealId));
    await company.as("ana", closeDeal, { dealId, version: deal!.version, outcome: "lost", closedOn: TODAY });
    const [found] = await company.client.db
      .select()
      .from(exceptions)
      .where(and(eq(exceptions.dealId, dealId), eq(exceptions.kind, "unsettled")));
    await company.as("ana", confirmRole, { rowId });
    expect(await one(found!.id)).toMatchObject({ settlement: null });
  });
});

// Long: every kind of item, with the facts that make it and those that settle it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "@/lib/calendar";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { vouchActivity } from "@/lib/commands/activity/vouch-activity";
import { type Person, TODAY } from "@/lib/commands/commands.fixture";
import { crmOf } from "@/lib/commands/connection/said-by-crm.fixture";
import { settleDifference } from "@/lib/commands/connection/settle-difference";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { assignException } from "@/lib/commands/exception/assign-exception";
import { answerIntroduction } from "@/lib/commands/introduction/answer-introduction";
import { loopBack } from "@/lib/commands/introduction/loop-back";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { refuseRole } from "@/lib/commands/role/refuse-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { addJointStep } from "@/lib/commands/step/add-joint-step";
import { finishJointStep } from "@/lib/commands/step/finish-joint-step";
import type { InboxKind } from "@/lib/metrics/inbox-kinds";
import type { InboxItem } from "./inbox";
import { type Inbox, MOTION, openInbox, PROOF, SOURCER } from "./inbox.fixture";

let company: Inbox;
let crm: Awaited<ReturnType<typeof crmOf>>;
beforeAll(async () => {
  company = await openInbox();
  crm = await crmOf(company.client, company.actor("rita"), TODAY);
});
afterAll(() => company.close());

const as: Inbox["as"] = (...asked) => company.as(...asked);

const INTRODUCTION = { ...MOTION, type: "executive_intro", proof: PROOF };

interface Case {
  kind: InboxKind;
  what: string;
  /** Whose it is. */
  owner: Person;
  /** The facts that make it, on a fresh deal of Ana's. */
  make(dealId: string): Promise<unknown>;
  /** The facts that make it go. */
  settle(dealId: string, item: InboxItem): Promise<unknown>;
  deal?: Record<string, unknown>;
}

const OLD = { createdOn: "2026-02-01" };
const above = { ...OLD, amount: 9_000_000 };
const idOf = ({ subjectId }: InboxItem) => subjectId;

/** A partner's row of months ago, which the AE wrote. */
const tagged = (dealId: string, more: object = {}) =>
  company.as(
    "ana",
    tagPartner,
    { dealId, ...SOURCER, touchedOn: "2026-02-02", ...more },
    { today: "2026-02-10" },
  );

/** The AE says another amount than the CRM did, and then the CRM says a third. */
async function drifts(dealId: string): Promise<void> {
  await crm.says(dealId);
  await as("ana", editDeal, { dealId, changes: { amount: 77 } });
  await crm.says(dealId, { amount: "999.00" });
}

const CASES: readonly Case[] = [
  {
    ...{ kind: "registration_waits", what: "decided by somebody else", owner: "pam" },
    make: (dealId) => as("paul", submitRegistration, { dealId, partnerId: "P-1", submittedOn: "2026-05-01" }),
    settle: (_, item) => as("pam", decideRegistration, { registrationId: idOf(item), status: "approved" }),
  },
  {
    ...{ kind: "registration_waits", what: "recorded by the partner's owner, so a head's", owner: "hope" },
    make: (dealId) => as("pam", submitRegistration, { dealId, partnerId: "P-1", submittedOn: "2026-05-01" }),
    settle: (_, item) =>
      as("hope", decideRegistration, { registrationId: idOf(item), status: "rejected", reason: "no" }),
  },
  {
    ...{ kind: "row_waits", what: "confirmed", owner: "ana" },
    make: (dealId) => as("pam", tagPartner, { dealId, ...SOURCER }),
    settle: (_, item) => as("ana", confirmRole, { rowId: idOf(item) }),
  },
  {
    ...{ kind: "row_waits", what: "refused", owner: "ana" },
    make: (dealId) => as("pam", tagPartner, { dealId, ...SOURCER }),
    settle: (_, item) => as("ana", refuseRole, { rowId: idOf(item), reason: "I had this account" }),
  },
  {
    ...{ kind: "role_asked", what: "of a motion, named", owner: "ana" },
    make: (dealId) => as("pam", logActivity, { dealId, ...MOTION }),
    async settle(dealId, item) {
      if (item.kind !== "role_asked") throw new Error(item.kind);
      const { moment, name, on, role, partner, may } = item;
      expect({ moment, name, on, role, may }).toEqual({
        ...{ moment: "motion", name: "Joint discovery", on: "2026-05-10", role: "co_seller" },
        may: { name: true, none: true },
      });
      await as("ana", tagPartner, { dealId, partnerId: partner!.id, role, touchedOn: on });
    },
  },
  {
    ...{ kind: "role_asked", what: "of an approved registration, no partner involved", owner: "ana" },
    async make(dealId) {
      const submitted = { dealId, partnerId: "P-1", submittedOn: "2026-05-01" };
      const { registrationId } = await as("paul", submitRegistration, submitted);
      expect(await company.kindsOf(dealId, "ana")).toEqual([]);
      await as("pam", decideRegistration, { registrationId, status: "approved" });
      expect(await company.about(dealId, "ana")).toMatchObject([
        { moment: "registration", name: null, on: "2026-05-01", role: "sourcer", since: TODAY },
      ]);
    },
    settle: (dealId) => as("ana", confirmNoPartner, { dealId }),
  },
  {
    ...{ kind: "role_asked", what: "a row that somebody proposed and the AE refused", owner: "ana" },
    make: (dealId) => as("pam", logActivity, { dealId, ...MOTION }),
    async settle(dealId) {
      const { rowId } = await as("pam", tagPartner, { dealId, ...SOURCER });
      expect(await company.kindsOf(dealId, "ana")).not.toContain("role_asked");
      await as("ana", refuseRole, { rowId, reason: "I had this account" });
    },
  },
  {
    ...{ kind: "introduction_waits", what: "responded to", owner: "ana" },
    make: (dealId) => as("pam", logActivity, { dealId, ...INTRODUCTION }),
    settle: (_, item) => as("ana", answerIntroduction, { activityId: idOf(item) }),
  },
  {
    ...{ kind: "introduction_waits", what: "shown by the meeting that came of it", owner: "ana" },
    make: (dealId) => as("pam", logActivity, { dealId, ...INTRODUCTION, type: "recommendation" }),
    settle: (dealId) => as("pam", logActivity, { dealId, ...MOTION, occurredOn: "2026-05-12", proof: PROOF }),
  },
  {
    ...{ kind: "loop_open", what: "the partner was told", owner: "pam" },
    async make(dealId) {
      const { activityId } = await as("pam", logActivity, { dealId, ...INTRODUCTION });
      await as("ana", answerIntroduction, { activityId, on: "2026-05-11" });
      expect(await company.about(dealId, "pam")).toMatchObject([
        { kind: "loop_open", since: "2026-05-11", answeredOn: "2026-05-11", name: "Executive introduction" },
      ]);
    },
    settle: (_, item) => as("pam", loopBack, { activityId: idOf(item) }),
  },
  {
    ...{ kind: "closing_undecided", what: "no partner", owner: "ana" },
    make: (dealId) => as("ana", editDeal, { dealId, changes: { expectedCloseOn: addDays(TODAY, 30) } }),
    settle: (dealId) => as("ana", confirmNoPartner, { dealId }),
  },
  {
    ...{
      kind: "closing_undecided",
      what: "at stage 4 without a day, put off",
      owner: "ana",
      deal: { stage: 4 },
    },
    make: async () => {},
    settle: (dealId) => as("ana", editDeal, { dealId, changes: { expectedCloseOn: addDays(TODAY, 31) } }),
  },
  {
    ...{ kind: "closing_undecided", what: "past its day, lost", owner: "ana" },
    make: (dealId) => as("ana", editDeal, { dealId, changes: { expectedCloseOn: "2026-05-01" } }),
    settle: (dealId) => as("ana", closeDeal, { dealId, outcome: "lost" }),
  },
  {
    ...{ kind: "updates_short", what: "two updates this month", owner: "pam", deal: above },
    make: (dealId) => tagged(dealId),
    async settle(dealId) {
      await as("pam", logActivity, { dealId, ...MOTION, type: "training" });
      expect(await company.about(dealId, "pam")).toContainEqual(
        expect.objectContaining({ done: 1, owed: 2 }),
      );
      await as("pam", logActivity, { dealId, ...MOTION, type: "training", occurredOn: "2026-05-01" });
    },
  },
  {
    ...{ kind: "step_overdue", what: "done", owner: "paul" },
    make: (dealId) =>
      as("pam", addJointStep, {
        dealId,
        partnerId: "P-1",
        what: "Meet",
        dueOn: "2026-05-19",
        ownerId: "paul",
      }),
    settle: (_, item) => as("paul", finishJointStep, { stepId: idOf(item) }),
  },
  {
    ...{ kind: "step_overdue", what: "agreed on with an activity, done", owner: "pam" },
    make: (dealId) =>
      as("pam", logActivity, {
        ...{ dealId, ...MOTION, type: "training", proof: PROOF },
        ...{ nextStep: "Send the plan", nextStepDueOn: "2026-05-15" },
      }),
    settle: (_, item) => as("pam", finishJointStep, { stepId: idOf(item) }),
  },
  {
    ...{ kind: "disputed", what: "a proof that was missing", owner: "pam" },
    make: (dealId) => as("pam", logActivity, { dealId, ...MOTION }),
    async settle(_, item) {
      if (item.kind !== "disputed") throw new Error(item.kind);
      const [gap] = item.settles;
      expect(item).toMatchObject({ would: "influenced", settles: [{ lacks: "proof", may: true }] });
      expect(gap?.name).toBe("Joint discovery, 10 May 2026");
      await as("pam", editActivity, { activityId: gap!.factId, changes: { proof: PROOF } });
    },
  },
  {
    ...{ kind: "second_hand", what: "vouched for", owner: "ana" },
    make: (dealId) => as("pam", logActivity, { dealId, ...MOTION, proof: PROOF }),
    async settle(_, item) {
      if (item.kind !== "second_hand") throw new Error(item.kind);
      await as("ana", vouchActivity, { activityId: item.activityId });
    },
  },
  {
    ...{ kind: "drifted", what: "of an open deal, kept as it stands", owner: "ana" },
    make: (dealId) => drifts(dealId),
    async settle(dealId, item) {
      if (item.kind !== "drifted") throw new Error(item.kind);
      const { connectionId, of, key, fields, may } = item;
      expect({ of, key, fields, may }).toEqual({
        ...{ of: "deals", key: dealId, fields: [{ field: "amount", here: 77, there: 99_900 }] },
        may: { take: true, keep: true },
      });
      await as("ana", settleDifference, { connectionId, kind: of, key, take: "here" });
    },
  },
  {
    ...{ kind: "drifted", what: "made the same by hand", owner: "ana" },
    make: (dealId) => drifts(dealId),
    settle: (dealId) => as("ana", editDeal, { dealId, changes: { amount: 99_900 } }),
  },
  {
    ...{ kind: "drifted", what: "closed, and found in its month", owner: "ana" },
    make: (dealId) => drifts(dealId),
    settle: (dealId) => as("ana", closeDeal, { dealId, outcome: "lost" }),
  },
  {
    ...{ kind: "case_assigned", what: "decided by both", owner: "pam" },
    async make(dealId) {
      await as("hope", assignException, { exceptionId: await company.raised(dealId), ownerId: "pam" });
    },
    async settle(_, item) {
      if (item.kind !== "case_assigned") throw new Error(item.kind);
      await company.decided(item.exceptionId, "fay");
      await company.decided(item.exceptionId, "hope");
    },
  },
  {
    ...{ kind: "silent", what: "something done", owner: "pam", deal: OLD },
    make: (dealId) => tagged(dealId, { role: "influencer" }),
    settle: (dealId) => as("pam", logActivity, { dealId, ...MOTION, type: "training", proof: PROOF }),
  },
];

describe("every kind comes from facts alone, to its owner, and goes by itself", () => {
  test.each(CASES.map((one) => [one.kind, one.what, one] as const))("%s: %s", async (kind, _, one) => {
    const dealId = await company.deal(one.deal);
    expect(await company.kindsOf(dealId, one.owner), "before").not.toContain(
      kind === "closing_undecided" ? "" : kind,
    );
    await one.make(dealId);
    const item = (await company.about(dealId, one.owner)).find((found) => found.kind === kind);
    expect(item, "in its owner's queue").toBeDefined();
    expect(item!.owner?.id ?? one.owner).toBe(one.owner);
    expect(await company.kindsOf(dealId, "rita", "all"), "in everybody's").toContain(kind);
    expect(await company.kindsOf(dealId, "ben"), "in nobody else's").toEqual([]);
    await one.settle(dealId, item!);
    expect(await company.kindsOf(dealId, one.owner), "settled").not.toContain(kind);
    expect(await company.kindsOf(dealId, "rita", "all")).not.toContain(kind);
  });
});

describe("what is no item", () => {
  test("a partner that did something on the last day of the window is not silent, a day later it is", async () => {
    const dealId = await company.deal(OLD);
    await tagged(dealId, { role: "influencer" });
    await as("pam", logActivity, {
      dealId,
      ...MOTION,
      type: "training",
      occurredOn: addDays(TODAY, -60),
      proof: PROOF,
    });
    expect(await company.kindsOf(dealId, "pam")).toEqual([]);
    const [tomorrow] = await company.about(dealId, "pam", "mine", addDays(TODAY, 1));
    expect(tomorrow).toMatchObject({
      ...{ kind: "silent", since: addDays(TODAY, 1), lastOn: addDays(TODAY, -60), windowDays: 60 },
      ...{ partner: { id: "P-1", name: "Northgate" }, dueOn: null, may: { log: true } },
    });
  });

  test("an activity that its deal's own AE logged waits for no second hand, nor one that raises nothing", async () => {
    const own = await company.deal();
    await as("ana", logActivity, { dealId: own, ...MOTION, proof: PROOF });
    expect(await company.kindsOf(own, "ana")).toEqual(["role_asked"]);
    const sourced = await company.deal();
    await as("ana", tagPartner, { dealId: sourced, ...SOURCER });
    await as("pam", logActivity, { dealId: sourced, ...MOTION, type: "training", proof: PROOF });
    expect(await company.kindsOf(sourced, "ana")).toEqual([]);
  });

  test("a role is asked neither of what is no motion, nor of one out of the window, nor beside a deal that closes undecided", async () => {
    const dealId = await company.deal(OLD);
    await as("pam", logActivity, { dealId, ...MOTION, type: "training", proof: PROOF });
    const outside = { today: addDays(TODAY, -61) };
    await as(
      "pam",
      logActivity,
      { dealId, ...MOTION, occurredOn: addDays(TODAY, -62), proof: PROOF },
      outside,
    );
    expect(await company.kindsOf(dealId, "ana")).not.toContain("role_asked");
    await as("pam", logActivity, { dealId, ...MOTION, partnerId: "P-2", proof: PROOF });
    expect(await company.about(dealId, "ana")).toContainEqual(
      expect.objectContaining({ kind: "role_asked", partner: { id: "P-2", name: "Halden" } }),
    );
    await as("ana", editDeal, { dealId, changes: { expectedCloseOn: addDays(TODAY, 30) } });
    const kinds = await company.kindsOf(dealId, "ana");
    expect(kinds).toContain("closing_undecided");
    expect(kinds).not.toContain("role_asked");
  });

  test("a next joint step that is due today is not overdue, nor one without a day", async () => {
    const dealId = await company.deal();
    for (const dueOn of [TODAY, null])
      await as("pam", addJointStep, { dealId, partnerId: "P-1", what: "Meet", dueOn, ownerId: "pam" });
    expect(await company.kindsOf(dealId, "pam")).toEqual([]);
  });

  test("a dispute that a registration's decision comes before is that registration's item, and says so", async () => {
    const dealId = await company.deal({ stage: 1 });
    await as("paul", submitRegistration, { dealId, partnerId: "P-1", submittedOn: "2026-05-01" });
    expect(await company.about(dealId, "pam")).toMatchObject([
      { kind: "registration_waits", would: "sourced", dueOn: "2026-05-06", may: { decide: true } },
    ]);
    expect(await company.kindsOf(dealId, "paul", "all")).toEqual(["registration_waits"]);
    const its = (await company.about(dealId, "paul", "all"))[0]!;
    expect(its).toMatchObject({ may: { decide: expect.stringContaining("somebody else decides it") } });
  });

  test("a deal closed lately keeps its dispute, one closed a quarter ago does not", async () => {
    const dealId = await company.deal(OLD);
    await as("pam", logActivity, { dealId, ...MOTION, occurredOn: "2026-02-10" }, { today: "2026-02-10" });
    await as("ana", closeDeal, { dealId, outcome: "lost" }, { today: "2026-02-17" });
    expect(await company.kindsOf(dealId, "pam")).toEqual(["disputed"]);
    expect(await company.kindsOf(dealId, "pam", "mine", "2026-05-21")).toEqual([]);
  });
});

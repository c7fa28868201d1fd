import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "@/lib/calendar";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { vouchActivity } from "@/lib/commands/activity/vouch-activity";
import { type Company, openCompany, type Person, TODAY } from "@/lib/commands/commands.fixture";
import { createUser } from "@/lib/commands/company/create-user";
import { editUser } from "@/lib/commands/company/edit-user";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { assignException } from "@/lib/commands/exception/assign-exception";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { nameDeputy } from "@/lib/commands/exception/name-deputy";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { refuseRole } from "@/lib/commands/role/refuse-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { addJointStep } from "@/lib/commands/step/add-joint-step";
import { finishJointStep } from "@/lib/commands/step/finish-joint-step";
import { INBOX_KINDS, type InboxKind } from "@/lib/metrics/inbox-kinds";
import { type InboxItem, inbox } from "./inbox";
import { inboxCount } from "./inbox-count";
import { askedBy, readItems } from "./read-items";
import type { Scope } from "./whose";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  await company.as("hope", editPartner, { partnerId: "P-1", changes: { ownerId: "pam" } });
});
afterAll(() => company.close());

const as: Company["as"] = (...asked) => company.as(...asked);
const context = (person: Person, today = TODAY) => ({
  db: company.client.db,
  actor: company.actor(person),
  today,
});
const ask = (person: Person, scope: Scope = "mine") => inbox.run(context(person), { scope, limit: 500 });

/** What stands in somebody's queue about one deal. */
async function about(dealId: string, person: Person, scope: Scope = "mine"): Promise<InboxItem[]> {
  return (await ask(person, scope)).items.filter(({ deal }) => deal?.id === dealId);
}
const kindsOf = async (dealId: string, person: Person, scope: Scope = "mine") =>
  (await about(dealId, person, scope)).map(({ kind }) => kind);

const SOURCER = { partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
const MOTION = { partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" };
const PROOF = "https://notes.example/1";

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

const raised = async (dealId: string) => {
  const claim = { dealId, kind: "other", partnerId: "P-1", claim: "they brought the buyer" };
  return (await company.as("ana", raiseException, claim)).exceptionId as string;
};
async function decided(exceptionId: string, by: Person) {
  const found = sql`select version from exceptions where id = ${exceptionId}`;
  const [row] = await company.client.db.execute<{ version: number }>(found);
  const upheld = { exceptionId, version: row!.version, decision: "rule_upheld", reason: "as the memo says" };
  await company.as(by, decideException, upheld);
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
      expect(await about(dealId, "pam")).toContainEqual(expect.objectContaining({ done: 1, owed: 2 }));
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
    ...{ kind: "case_assigned", what: "decided by both", owner: "pam" },
    async make(dealId) {
      await as("hope", assignException, { exceptionId: await raised(dealId), ownerId: "pam" });
    },
    async settle(_, item) {
      if (item.kind !== "case_assigned") throw new Error(item.kind);
      await decided(item.exceptionId, "fay");
      await decided(item.exceptionId, "hope");
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
    expect(await kindsOf(dealId, one.owner), "before").not.toContain(
      kind === "closing_undecided" ? "" : kind,
    );
    await one.make(dealId);
    const item = (await about(dealId, one.owner)).find((found) => found.kind === kind);
    expect(item, "in its owner's queue").toBeDefined();
    expect(item!.owner?.id ?? one.owner).toBe(one.owner);
    expect(await kindsOf(dealId, "rita", "all"), "in everybody's").toContain(kind);
    expect(await kindsOf(dealId, "ben"), "in nobody else's").toEqual([]);
    await one.settle(dealId, item!);
    expect(await kindsOf(dealId, one.owner), "settled").not.toContain(kind);
    expect(await kindsOf(dealId, "rita", "all")).not.toContain(kind);
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
    expect(await kindsOf(dealId, "pam")).toEqual([]);
    const tomorrow = await inbox.run(context("pam", addDays(TODAY, 1)), { scope: "mine", limit: 500 });
    expect(tomorrow.items.find(({ deal }) => deal?.id === dealId)).toMatchObject({
      ...{ kind: "silent", since: addDays(TODAY, 1), lastOn: addDays(TODAY, -60), windowDays: 60 },
      ...{ partner: { id: "P-1", name: "Northgate" }, dueOn: null, may: { log: true } },
    });
  });

  test("an activity that its deal's own AE logged waits for no second hand, nor one that raises nothing", async () => {
    const own = await company.deal();
    await as("ana", logActivity, { dealId: own, ...MOTION, proof: PROOF });
    expect(await kindsOf(own, "ana")).toEqual([]);
    const sourced = await company.deal();
    await as("ana", tagPartner, { dealId: sourced, ...SOURCER });
    await as("pam", logActivity, { dealId: sourced, ...MOTION, type: "training", proof: PROOF });
    expect(await kindsOf(sourced, "ana")).toEqual([]);
  });

  test("a dispute that a registration's decision comes before is that registration's item, and says so", async () => {
    const dealId = await company.deal({ stage: 1 });
    await as("paul", submitRegistration, { dealId, partnerId: "P-1", submittedOn: "2026-05-01" });
    expect(await about(dealId, "pam")).toMatchObject([
      { kind: "registration_waits", would: "sourced", dueOn: "2026-05-06", may: { decide: true } },
    ]);
    expect(await kindsOf(dealId, "paul", "all")).toEqual(["registration_waits"]);
    const its = (await about(dealId, "paul", "all"))[0]!;
    expect(its).toMatchObject({ may: { decide: expect.stringContaining("somebody else decides it") } });
  });

  test("a deal closed lately keeps its dispute, one closed a quarter ago does not", async () => {
    const dealId = await company.deal(OLD);
    await as("pam", logActivity, { dealId, ...MOTION, occurredOn: "2026-02-10" }, { today: "2026-02-10" });
    await as("ana", closeDeal, { dealId, outcome: "lost" }, { today: "2026-02-17" });
    expect(await kindsOf(dealId, "pam")).toEqual(["disputed"]);
    const later = await inbox.run(context("pam", "2026-05-21"), { scope: "mine", limit: 500 });
    expect(later.items.some(({ deal }) => deal?.id === dealId)).toBe(false);
  });
});

describe("whose it is", () => {
  test("a partner that nobody looks after falls to the heads, a step of somebody who left as well", async () => {
    const dealId = await company.deal();
    await as("pam", logActivity, { dealId, ...MOTION, partnerId: "P-2" });
    await as("rita", createUser, {
      id: "gone",
      name: "Gone Away",
      role: "partner_manager",
      email: "g@x.example",
    });
    const step = { dealId, partnerId: "P-1", what: "Meet", dueOn: "2026-05-01", ownerId: "gone" };
    await as("pam", addJointStep, step);
    expect(await kindsOf(dealId, "hope")).toEqual(["disputed"]);
    await as("rita", editUser, { userId: "gone", changes: { disabled: true } });
    expect(await about(dealId, "hope")).toMatchObject([
      { kind: "step_overdue", owner: null, what: "Meet" },
      { kind: "disputed", owner: null },
    ]);
    expect(await kindsOf(dealId, "pam")).toEqual([]);
  });

  test("one's team holds what its people have, and nobody without a team is in one", async () => {
    const dealId = await company.deal();
    await as("pam", logActivity, { dealId, ...MOTION });
    expect(await ask("paul", "team")).toMatchObject({ team: false });
    expect(await kindsOf(dealId, "paul", "team")).toEqual([]);
    await as("rita", editUser, { userId: "pam", changes: { team: "North" } });
    await as("rita", editUser, { userId: "paul", changes: { team: "North" } });
    expect(await kindsOf(dealId, "paul", "team")).toEqual(["disputed"]);
    expect((await ask("paul", "team")).team).toBe(true);
    expect(await kindsOf(dealId, "hope", "team")).toEqual([]);
  });

  test("cases that a side has not decided are one item a kind, of that side's desk and its deputy", async () => {
    const casesOf = async (person: Person) =>
      (await ask(person)).items.flatMap((one) =>
        one.kind === "cases_to_decide" && one.caseKind === "other" ? [[one.side, one.cases]] : [],
      );
    const before = new Map((await casesOf("fay")) as [string, number][]).get("finance") ?? 0;
    const exceptionId = await raised(await company.deal());
    expect(await casesOf("fay")).toEqual([["finance", before + 1]]);
    expect((await casesOf("hope")).map(([side]) => side)).toEqual(["partnerships"]);
    expect(await casesOf("carl")).toEqual([]);
    await as("fay", nameDeputy, { userId: "carl" });
    expect(await casesOf("carl")).toEqual([["finance", before + 1]]);
    await decided(exceptionId, "fay");
    expect(await casesOf("fay")).toEqual(before === 0 ? [] : [["finance", before]]);
    expect((await casesOf("hope")).map(([side]) => side)).toEqual(["partnerships"]);
  });
});

describe("the queue", () => {
  test("goes by kind in the order of a week, then by what is due and what waits longest; a kind can be asked alone", async () => {
    const { items, kinds, left } = await ask("rita", "all");
    expect(kinds.map(({ kind }) => kind)).toEqual(INBOX_KINDS);
    const at = items.map(({ kind }) => INBOX_KINDS.indexOf(kind));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    const due = items.filter(({ kind }) => kind === "row_waits").map(({ since }) => since);
    expect(due).toEqual(due.toSorted());
    expect(left).toBe(0);
    const few = await inbox.run(context("rita"), { scope: "all", limit: 1 });
    expect([few.items.length, few.left]).toEqual([1, items.length - 1]);
    const alone = await inbox.run(context("rita"), { scope: "all", kind: "disputed", limit: 500 });
    expect(new Set(alone.items.map(({ kind }) => kind))).toEqual(new Set(["disputed"]));
    expect(alone.kinds).toEqual(kinds);
  });

  test("looks at no more of a kind than its bound, and says that there is more", async () => {
    for (let at = 0; at < 3; at++) await company.deal({ stage: 4, owner: "Ana Ruiz" });
    const asked = await askedBy(context("ana"), "mine");
    const found = (await readItems(company.client.db, asked, 2)).find(
      ({ kind }) => kind === "closing_undecided",
    );
    expect([found?.items.length, found?.more]).toEqual([2, true]);
  });

  test("the number beside its name is of one's own", async () => {
    const mine = await ask("ana");
    expect(await inboxCount.run(context("ana"), {})).toEqual({ count: mine.items.length, more: false });
    expect(await inboxCount.run(context("aude"), {})).toEqual({ count: 0, more: false });
  });

  test("of a closed door nothing stands in it: what one may do is the verb's own answer", async () => {
    const dealId = await company.deal();
    await as("pam", tagPartner, { dealId, ...SOURCER });
    const its = async (person: Person) => (await about(dealId, person, "all"))[0];
    expect(await its("ana")).toMatchObject({ may: { confirm: true, refuse: true }, recordedBy: "Pam Lind" });
    expect(await its("pam")).toMatchObject({
      may: {
        confirm: "Partner manager may not confirm role rows",
        refuse: "Partner manager may not confirm role rows",
      },
    });
  });
});

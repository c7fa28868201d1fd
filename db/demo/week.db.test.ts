// Long: the facts of a week, each kind once, and how each is answered.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "@/lib/calendar";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { vouchActivity } from "@/lib/commands/activity/vouch-activity";
import { crmOf } from "@/lib/commands/connection/said-by-crm.fixture";
import { settleDifference } from "@/lib/commands/connection/settle-difference";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { perform } from "@/lib/commands/door";
import { assignException } from "@/lib/commands/exception/assign-exception";
import { decideExceptions } from "@/lib/commands/exception/decide-exceptions";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { answerIntroduction } from "@/lib/commands/introduction/answer-introduction";
import { loopBack } from "@/lib/commands/introduction/loop-back";
import { decidePlay } from "@/lib/commands/play/decide-play";
import { startPlay } from "@/lib/commands/play/start-play";
import { lockMonth } from "@/lib/commands/reconciliation/lock-month";
import { reconcileDeal } from "@/lib/commands/reconciliation/reconcile-deal";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { addJointStep } from "@/lib/commands/step/add-joint-step";
import { finishJointStep } from "@/lib/commands/step/finish-joint-step";
import type { AnyVerb } from "@/lib/commands/verbs";
import { companyDay } from "@/lib/company-day";
import { INBOX_KINDS, type InboxKind } from "@/lib/metrics/inbox-kinds";
import { type InboxItem, inbox } from "@/lib/queries/inbox/inbox";
import { answer } from "@/lib/queries/query";
import { reconciliation } from "@/lib/queries/reconciliation/reconciliation";
import { type Client, connect } from "../connection/client";
import { actorOf, DEMO_PEOPLE } from "./people";
import { toldStory } from "./told.fixture";

/** The database knows what day it is: a policy is signed on no other. */
const TODAY = companyDay(Date.now(), "UTC");
const ago = (days: number) => addDays(TODAY, -days);
const PROOF = "https://notes.tarnwick.example/1";
/** Whoever has an inbox, in the order in which a week goes round. */
const EVERYBODY = DEMO_PEOPLE.filter(({ role }) => role !== "auditor").map(({ id }) => id);

let client: Client;
beforeAll(async () => {
  client = connect((await toldStory(TODAY)).url, { max: 6 });
}, 240_000);
afterAll(() => client?.close());

async function as<V extends AnyVerb>(who: string, verb: V, input: unknown, today = TODAY) {
  const call = { client, actor: actorOf(`U-${who}`), today, demo: true };
  return (await perform(verb as AnyVerb, input, call)).answer as Record<string, string>;
}
const look = (id: string, scope: "mine" | "all" = "mine") =>
  answer(inbox, { scope, snoozed: false, limit: 500 }, { db: client.db, actor: actorOf(id), today: TODAY });
const keyOf = ({ kind, subjectId }: InboxItem) => `${kind} ${subjectId}`;

let deals = 0;
const deal = async (more: object = {}, on = ago(20)) => {
  const told = {
    account: `Week ${++deals} Haulage`,
    amount: 900_000,
    currency: "USD",
    stage: 2,
    createdOn: on,
  };
  return (await as("maren", createDeal, { ...told, ...more })).dealId!;
};
const NORTHGATE = "P-northgate";
const work = (dealId: string, more: object = {}) => ({
  ...{ dealId, partnerId: NORTHGATE, type: "joint_discovery", stage: 2, occurredOn: ago(5) },
  ...more,
});
const row = (dealId: string, more: object = {}) => ({
  ...{ dealId, partnerId: NORTHGATE, role: "sourcer", touchStage: 0, touchedOn: ago(10) },
  ...more,
});
/** A row of the AE's own, months ago. */
const old = async (more: object, role: string) => {
  const dealId = await deal(more, ago(100));
  await as("maren", tagPartner, row(dealId, { role, touchedOn: ago(95) }), ago(95));
  return dealId;
};

/** The facts of twenty items, each kind among them, by whoever writes such a thing. */
const FACTS: readonly [InboxKind, number, () => Promise<unknown>][] = [
  [
    ...(["registration_waits", 1] as const),
    async () =>
      as("kofi", submitRegistration, {
        ...{ dealId: await deal(), partnerId: NORTHGATE },
        submittedOn: ago(3),
      }),
  ],
  ["row_waits", 2, async () => as("dana", tagPartner, row(await deal()))],
  ["role_asked", 1, async () => as("dana", logActivity, work(await deal(), { proof: PROOF }))],
  [
    ...(["introduction_waits", 1] as const),
    async () => as("dana", logActivity, work(await deal(), { type: "executive_intro", proof: PROOF })),
  ],
  [
    ...(["loop_open", 1] as const),
    async () => {
      const introduced = work(await deal(), { type: "executive_intro", proof: PROOF });
      const { activityId } = await as("dana", logActivity, introduced);
      await as("maren", answerIntroduction, { activityId, on: ago(4) });
    },
  ],
  ["closing_undecided", 2, () => deal({ expectedCloseOn: addDays(TODAY, 12) })],
  ["updates_short", 1, () => old({ amount: 9_000_000 }, "sourcer")],
  [
    ...(["step_overdue", 2] as const),
    async () =>
      as("dana", addJointStep, {
        ...{ dealId: await deal(), partnerId: NORTHGATE },
        what: "Call them",
        dueOn: ago(2),
        ownerId: "U-dana",
      }),
  ],
  ["disputed", 2, async () => as("dana", logActivity, work(await deal()))],
  ["second_hand", 1, async () => as("dana", logActivity, work(await deal(), { proof: PROOF }))],
  [
    ...(["drifted", 1] as const),
    async () => {
      const dealId = await deal();
      const crm = await crmOf(client, actorOf("U-leo"), TODAY);
      await crm.says(dealId);
      await as("maren", editDeal, { dealId, changes: { amount: 950_000 } });
      await crm.says(dealId, { amount: "9100.00" });
    },
  ],
  [
    ...(["case_assigned", 1] as const),
    async () => {
      const claim = {
        dealId: await deal(),
        kind: "other",
        partnerId: NORTHGATE,
        claim: "They brought the buyer",
      };
      const { exceptionId } = await as("maren", raiseException, claim);
      await as("camille", assignException, { exceptionId, ownerId: "U-dana" });
    },
  ],
  // What the case waits for, of both sides.
  ["cases_to_decide", 2, async () => {}],
  [
    ...(["play_decides", 1] as const),
    async () => {
      const told = { buyer: "Transport", problem: "Late routes", script: "Half an hour?", outcome: "A call" };
      const clients = [{ dealId: await deal({}, ago(90)) }];
      await as("dana", startPlay, { partnerId: "P-harrow", ...told, clients }, ago(24));
    },
  ],
  ["silent", 1, () => old({}, "influencer")],
];

/** How an item is answered where it stands: the keys, and the write that they are. */
interface Answer {
  /** That open and confirm; what is pasted in between is no key. */
  keys: string;
  write(who: string): Promise<unknown>;
}

function answerTo(item: InboxItem): Answer | null {
  const { subjectId, deal: of, partner } = item;
  const yes = (verb: AnyVerb, input: object): Answer => ({
    keys: "y",
    write: (who) => as(who, verb, input),
  });
  const log = (type: string, occurredOn = TODAY): Answer => ({
    keys: "a⏎",
    write: (who) =>
      as(who, logActivity, { dealId: of!.id, partnerId: partner!.id, type, occurredOn, proof: PROOF }),
  });
  switch (item.kind) {
    case "registration_waits":
      return yes(decideRegistration, { registrationId: subjectId, status: "approved" });
    case "row_waits":
      return yes(confirmRole, { rowId: subjectId });
    case "role_asked":
      return yes(tagPartner, { dealId: of!.id, partnerId: partner!.id, role: item.role, touchedOn: item.on });
    case "drifted":
      return yes(settleDifference, {
        ...{ connectionId: item.connectionId, kind: item.of, key: item.key, take: "there" },
      });
    case "introduction_waits":
      return yes(answerIntroduction, { activityId: subjectId });
    case "loop_open":
      return yes(loopBack, { activityId: subjectId });
    case "closing_undecided":
      return { keys: "n", write: (who) => as(who, confirmNoPartner, { dealId: of!.id }) };
    case "step_overdue":
      return yes(finishJointStep, { stepId: subjectId });
    case "second_hand":
      return yes(vouchActivity, { activityId: item.activityId });
    case "play_decides":
      return yes(decidePlay, { playId: subjectId, decision: "continue" });
    case "updates_short":
    case "silent":
      return log("training");
    case "disputed": {
      const gap = item.settles.find(({ may }) => may === true);
      if (!gap) return null;
      if (gap.lacks === "proof")
        return {
          keys: "p⏎",
          write: (who) => as(who, editActivity, { activityId: gap.factId, changes: { proof: PROOF } }),
        };
      if (gap.lacks === "updates") return log("training");
      if (gap.of === "registration")
        return yes(decideRegistration, { registrationId: gap.factId, status: "approved" });
      return gap.of === "activity"
        ? yes(vouchActivity, { activityId: gap.factId })
        : yes(confirmRole, { rowId: gap.factId });
    }
    // Enter opens the log on them, where those of a kind are decided together.
    case "case_assigned":
      return null;
    case "cases_to_decide":
      return { keys: "⏎d", write: (who) => decideAll(who, item.quarter, item.side) };
  }
}

/** One side's word on all cases of a quarter that it has not given yet, as the other has it where it has. */
async function decideAll(who: string, quarter: string, side: string) {
  const open = await client.db.execute<{ exceptionId: string; version: number; other: boolean }>(sql`
    select e.id as "exceptionId", e.version, exists (select from exception_votes v where v.exception_id = e.id) as other
    from exceptions e where e.quarter = ${quarter} and e.settled_at is null and e.deferred_to is null and not exists (
      select from exception_votes v where v.exception_id = e.id and v.side::text = ${side})`);
  for (const other of [true, false]) {
    const cases = [...open].filter((one) => one.other === other).map(({ other: _, ...one }) => one);
    const decision = other ? "agree" : "rule_upheld";
    if (cases.length > 0) await as(who, decideExceptions, { cases, decision, reason: "As the memo says" });
  }
}

test("a week clears twenty items of every kind, and all that waited besides, by two keys each", async () => {
  const before = new Set((await look("U-leo", "all")).items.map(keyOf));
  for (const [, times, make] of FACTS) for (let at = 0; at < times; at++) await make();
  expect(FACTS.reduce((sum, [, times]) => sum + times, 0)).toBe(20);
  const now = (await look("U-leo", "all")).items;
  for (const [kind, times] of FACTS) {
    const made = now.filter(
      (item) => item.kind === kind && (kind === "cases_to_decide" || !before.has(keyOf(item))),
    );
    expect(made.length, kind).toBeGreaterThanOrEqual(times);
  }
  expect(new Set(FACTS.map(([kind]) => kind))).toEqual(new Set(INBOX_KINDS));

  const pressed: [string, string][] = [];
  for (let round = 0; round < 8; round++) {
    let answered = 0;
    for (const id of EVERYBODY) {
      const answeredOn = new Set<string | undefined>();
      for (const item of (await look(id)).items) {
        const reply = answerTo(item);
        if (!reply) continue;
        // What an answer just given on its deal has settled is gone when its turn comes.
        const mayBeGone = answeredOn.has(item.deal?.id);
        if (mayBeGone && !(await look(id)).items.some((one) => keyOf(one) === keyOf(item))) continue;
        answeredOn.add(item.deal?.id);
        await reply.write(id.slice(2));
        pressed.push([keyOf(item), reply.keys]);
        answered++;
      }
    }
    if (answered === 0) break;
  }
  const left = (await look("U-leo", "all")).items;
  expect(left.map((item) => [keyOf(item), item.owner?.id ?? null])).toEqual([]);
  expect(pressed.filter(([, keys]) => keys.length > 2)).toEqual([]);
  // A case that is somebody's to see to goes with its decision; of the other kinds each was answered in its place.
  const kinds = new Set(pressed.map(([key]) => key.split(" ")[0]));
  expect(kinds).toEqual(new Set(INBOX_KINDS.filter((kind) => kind !== "case_assigned")));
  expect(pressed.length).toBeGreaterThanOrEqual(20);
}, 240_000);

test("a month is locked once all its closed deals are decided, and not before", async () => {
  const ask = () =>
    answer(reconciliation, { limit: 1_000 }, { db: client.db, actor: actorOf("U-ruth"), today: TODAY });
  const { month, rows, counts } = await ask();
  expect(counts.undecided).toBeGreaterThan(0);
  await expect(as("ruth", lockMonth, { month })).rejects.toMatchObject({ code: expect.any(String) });
  for (const { dealId, version, state, may, partners } of rows) {
    if (state !== "undecided") continue;
    if (may.stands === true) await as("ruth", reconcileDeal, { dealId, version, reason: "It is as it was" });
    else {
      const partnerId = partners[0]?.partner.id;
      await as("ruth", raiseException, {
        dealId,
        kind: "other",
        partnerId,
        claim: "Closed without its AE's word",
      });
    }
  }
  const decided = await ask();
  expect(decided.counts.undecided).toBe(0);
  expect(Object.values(decided.counts).reduce((sum, one) => sum + one, 0)).toBe(decided.total);
  await as("ruth", lockMonth, { month });
  const locked = await answer(
    reconciliation,
    { month, limit: 1_000 },
    { db: client.db, actor: actorOf("U-ruth"), today: TODAY },
  );
  expect(locked.locked?.by.id).toBe("U-ruth");
  expect(locked.rows.filter(({ state }) => state === "undecided")).toEqual([]);
}, 120_000);

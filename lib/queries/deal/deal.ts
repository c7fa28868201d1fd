// Long: the deal page is one answer, each part of its shape beside how it is read.
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Facts } from "@/lib/attribution/facts";
import { gradeOf } from "@/lib/attribution/grade";
import type { Policy } from "@/lib/attribution/policy";
import {
  DEAL_TYPES,
  EVIDENCE_SOURCES,
  FORECAST_CATEGORIES,
  GRAY_CODES,
  INVOLVEMENTS,
  type Outcome,
  REGISTRATION_STATUSES,
  ROUTES,
} from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import { daysBetween } from "@/lib/calendar";
import {
  mayEditActivity,
  mayLogActivity,
  mayVouchActivity,
  mayWithdrawActivity,
  type OfActivity,
} from "@/lib/commands/activity/guards";
import {
  mayAnswerCorrection,
  mayProposeCorrection,
  mayWithdrawCorrection,
} from "@/lib/commands/correction/guards";
import {
  type Attribution,
  type GuardedDeal,
  LOCKED_BY_CLOSE,
  mayCloseDeal,
  mayConfirmNoPartner,
  mayEditDeal,
  mayMoveStage,
} from "@/lib/commands/deal/guards";
import { maySay } from "@/lib/commands/guard";
import { mayDecideRegistration } from "@/lib/commands/registration/guards";
import {
  mayConfirmRole,
  mayEditRole,
  mayRefuseRole,
  mayTagPartner,
  mayWithdrawRole,
  type OfRole,
} from "@/lib/commands/role/guards";
import { mayAddStep } from "@/lib/commands/step/guards";
import { dayInWords } from "@/lib/text/days";
import { defineQuery } from "../query";
import {
  dayShape,
  gradeShape,
  idShape,
  mayShape,
  namedShape,
  outcomeShape,
  quarterShape,
  roleShape,
  stageShape,
  stateShape,
} from "../shapes";
import { changedShape, readChanges } from "./deal-changes";
import { factsAndPolicy, stageOnDay } from "./deal-facts";
import { type DealRecords, type DealRow, readDeal, readRecords } from "./deal-records";
import { jointStepShape, stepLine } from "./joint-steps";

/** What may be done to a record: all of it, what outlives the close (a contact, a next step, a missing proof), or its removal. */
const recordMayShape = z.object({ edit: mayShape, rewrite: mayShape, withdraw: mayShape });

/** Who stands behind a fact (§1 evidence): its grade, the system that recorded it, the day of its second hand. */
const handsShape = {
  evidence: gradeShape,
  source: z.enum(EVIDENCE_SOURCES).nullable(),
  secondHandOn: dayShape.nullable(),
  /** The partner's contact who confirmed it by its statement, as it reads now (§9). */
  byPartner: z.object({ by: z.string(), on: dayShape }).optional(),
};

/** By its name of now; `recordedAs` what the record was called that the deal was closed with, where that is another. */
const partnerShape = namedShape.extend({ recordedAs: z.string().optional() });

/** One thing that happened to a deal; `on` is the day it happened, `id` the fact's. */
const happeningShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stage"), id: z.string(), on: dayShape, stage: stageShape }),
  z.object({
    kind: z.literal("activity"),
    id: z.string(),
    on: dayShape,
    partner: partnerShape,
    type: z.string(),
    stage: stageShape,
    recordedOn: dayShape,
    proof: z.string().nullable(),
    involvement: z.enum(INVOLVEMENTS),
    /** Who logged it; null when an import brought it. */
    owner: z.string().nullable(),
    nextStep: z.string().nullable(),
    nextStepDueOn: dayShape.nullable(),
    ...handsShape,
    /** The second person who stands behind it. */
    vouched: z.object({ on: dayShape, by: z.string() }).nullable(),
    /** The partner's contact who told it by a link that `owner` shared. */
    toldBy: z.string().optional(),
    may: recordMayShape.extend({ vouch: mayShape }),
  }),
  z.object({
    kind: z.literal("registration"),
    id: z.string(),
    on: dayShape,
    partner: partnerShape,
    status: z.enum(REGISTRATION_STATUSES),
    recordedOn: dayShape,
    /** Null when an import brought it. */
    recordedBy: z.string().nullable(),
    decidedOn: dayShape.nullable(),
    decidedBy: z.string().nullable(),
    reason: z.string().nullable(),
    ...handsShape,
    may: z.object({ decide: mayShape }),
  }),
  z.object({
    kind: z.literal("role"),
    id: z.string(),
    on: dayShape,
    partner: partnerShape,
    role: roleShape,
    touchStage: stageShape,
    recordedOn: dayShape,
    confirmedOn: dayShape.nullable(),
  }),
  z.object({
    kind: z.literal("ruling"),
    id: z.string(),
    on: dayShape,
    partner: partnerShape,
    outcome: outcomeShape,
  }),
  z.object({ kind: z.literal("closed"), id: z.string(), on: dayShape, state: stateShape }),
  changedShape,
]);

type Happening = z.output<typeof happeningShape>;

/** One deal as its page shows it: facts, role table, timeline, and what the person asking may do to it. */
export const deal = defineQuery({
  name: "deal",
  summary: "One deal with its stage path, role table, timeline and what I may do to it.",
  input: z.strictObject({ dealId: idShape }),
  output: z.object({
    deal: z.object({
      id: z.string(),
      account: z.string().nullable(),
      accountId: z.string().nullable(),
      /** What it says of itself besides its facts: no rule reads these (§1 deal). */
      name: z.string().nullable(),
      crmUrl: z.string().nullable(),
      expectedCloseOn: dayShape.nullable(),
      /** Percent, as its owner says it. */
      probability: z.int().nullable(),
      forecastCategory: z.enum(FORECAST_CATEGORIES).nullable(),
      nextStep: z.string().nullable(),
      owner: z.string(),
      amount: z.int(),
      currency: z.string(),
      type: z.enum(DEAL_TYPES),
      route: z.enum(ROUTES),
      createdOn: dayShape,
      closedOn: dayShape.nullable(),
      state: stateShape,
      stage: stageShape,
      firstEngagedOn: dayShape.nullable(),
      recreatedFrom: z.string().nullable(),
      outcome: outcomeShape,
      /** On whose word the outcome rests; null without credit. */
      evidence: gradeShape.nullable(),
      /** When what its close locks last changed, if it did. */
      amendedOn: dayShape.nullable(),
      disputed: z.boolean(),
      gray: z.array(z.enum(GRAY_CODES)),
      /** "No partner involved": when it was said and by whom. */
      noPartner: z.object({ on: dayShape, by: z.string() }).nullable(),
      attributionConfirmed: z.boolean(),
      demo: z.boolean(),
      version: z.int(),
    }),
    /** In order of entry; `days` until the next stage, the close, or today. */
    path: z.array(z.object({ stage: stageShape, enteredOn: dayShape, days: z.int() })),
    roles: z.array(
      z.object({
        id: z.string(),
        partner: partnerShape,
        contact: z.string().nullable(),
        role: roleShape,
        touchStage: stageShape,
        touchedOn: dayShape,
        recordedOn: dayShape,
        /** Null when an import brought it. */
        recordedBy: z.string().nullable(),
        confirmedOn: dayShape.nullable(),
        confirmedBy: z.string().nullable(),
        /** The AE's answer to a proposal; a refused row is no fact. */
        refused: z.object({ on: dayShape, by: z.string(), reason: z.string() }).nullable(),
        ...handsShape,
        /** The partner's, which all its rows share. */
        outcome: outcomeShape,
        disputed: outcomeShape.nullable(),
        /** Minor units of the deal's currency credited to the partner. */
        credit: z.int(),
        may: recordMayShape.extend({ confirm: mayShape, refuse: mayShape }),
      }),
    ),
    /** What was asked to be put right since the close, the latest first. */
    corrections: z.array(
      z.object({
        id: z.string(),
        changes: z.array(
          z.object({
            field: z.enum(LOCKED_BY_CLOSE),
            before: z.union([z.string(), z.number(), z.null()]),
            after: z.union([z.string(), z.number(), z.null()]),
          }),
        ),
        reason: z.string(),
        proposedOn: dayShape,
        proposedBy: z.string(),
        state: z.enum(["proposed", "accepted", "declined", "withdrawn"]),
        decidedOn: dayShape.nullable(),
        decidedBy: z.string().nullable(),
        answer: z.string().nullable(),
        may: z.object({ answer: mayShape, withdraw: mayShape }),
      }),
    ),
    /** Those open first, the first due of them first. */
    steps: z.array(jointStepShape),
    /** Newest first. */
    timeline: z.array(happeningShape),
    /** Why new records no longer count on this deal; null while it is open. */
    locked: z.string().nullable(),
    /** The frozen quarter of its close and what the seal says of it, whatever the deal became since (§1 freeze). */
    sealed: z
      .object({ quarter: quarterShape, outcome: outcomeShape, amount: z.int(), differs: z.boolean() })
      .nullable(),
    may: z.object({
      edit: mayShape,
      /** What no close locks: its account, owner, name and the like. */
      describe: mayShape,
      /** What a close locks, once it has. */
      correct: mayShape,
      moveStage: mayShape,
      /** As lost, at least. */
      close: mayShape,
      /** As won, which needs its attribution confirmed (§8.3). */
      closeWon: mayShape,
      confirmNoPartner: mayShape,
      tag: mayShape,
      logActivity: mayShape,
      addStep: mayShape,
    }),
  }),
  async run({ db, actor, today }, { dealId }) {
    const [row, { facts, inForce }] = await Promise.all([
      readDeal(db, dealId, today),
      factsAndPolicy(db, dealId, today),
    ]);
    const { noPartnerBy, stored, ...shown } = row;
    const [records, sealed, changes] = await readRest(db, dealId);
    const guarded = { owner: row.owner, ...stored };
    const outcomes = new Map(records.outcomes.map((partner) => [partner.partnerId, partner]));
    return {
      deal: {
        ...shown,
        amount: Number(row.amount),
        stage: stageOnDay(facts, today),
        noPartner: row.noPartnerOn === null ? null : { on: row.noPartnerOn, by: noPartnerBy ?? "" },
      },
      path: facts.stages.map(({ stage, enteredOn }, at) => {
        const leftOn = facts.stages[at + 1]?.enteredOn ?? row.closedOn ?? today;
        return { stage, enteredOn, days: Math.max(0, daysBetween(enteredOn, leftOn)) };
      }),
      roles: records.roles.map(({ recordedById, changedById, partnerId, ...record }) => {
        const judged = outcomes.get(partnerId);
        const { refusedOn, refusedBy, refusedReason, ...role } = record;
        const held = { ...record, recordedBy: recordedById, changedBy: changedById };
        const fact = facts.roles.find(({ id }) => id === role.id);
        return {
          ...role,
          refused:
            refusedOn === null ? null : { on: refusedOn, by: refusedBy ?? "", reason: refusedReason ?? "" },
          evidence: fact ? gradeOf(fact) : "stated",
          source: fact?.source ?? null,
          ...{ secondHandOn: fact?.secondHandOn ?? null, byPartner: records.confirmed.get(role.id) },
          partner: calledIn(records, partnerId),
          outcome: judged?.outcome ?? "none",
          disputed: judged?.disputed ?? null,
          credit: Number(judged?.credit ?? 0),
          may: mayToRole(actor, { deal: guarded, row: held }),
        };
      }),
      corrections: records.corrections.map(({ before, after, proposedById, ...correction }) => {
        const asked = { deal: row, correction: { ...correction, proposedBy: proposedById } };
        return {
          ...correction,
          changes: LOCKED_BY_CLOSE.filter((field) => field in after).map((field) => ({
            field,
            before: before[field] ?? null,
            after: after[field] ?? null,
          })),
          may: {
            answer: maySay(mayAnswerCorrection, actor, asked),
            withdraw: maySay(mayWithdrawCorrection, actor, asked),
          },
        };
      }),
      steps: records.steps.map((step) => stepLine(actor, guarded, today, step)),
      timeline: timelineOf(actor, guarded, facts, { ...records, changes }, row),
      locked: lockOf(row, inForce.policy),
      sealed: sealed && {
        ...sealed,
        differs: sealed.outcome !== row.outcome || sealed.amount !== Number(row.amount),
      },
      may: {
        ...mayToDeal(actor, guarded, { rows: records.roles, noPartnerOn: row.noPartnerOn }),
        correct: maySay(mayProposeCorrection, actor, {
          deal: guarded,
          waiting: records.corrections.find(({ state }) => state === "proposed")?.id ?? null,
        }),
      },
    };
  },
});

const readRest = (db: Db, dealId: string) =>
  Promise.all([readRecords(db, dealId), readSealOf(db, dealId), readChanges(db, dealId)]);

/** What the seal of the quarter in which the deal closed says of it; null while that quarter is not frozen. */
async function readSealOf(db: Db, dealId: string) {
  const [sealed] = await db.execute<{ quarter: string; outcome: Outcome; amount: number }>(sql`
    select s.quarter, s.outcome::text as outcome, s.amount::float8 as amount
    from sealed_deals s join sealed_quarters q on q.quarter = s.quarter
    where s.deal_id = ${dealId} and s.closed_on between q.from_day and q.to_day`);
  return sealed ?? null;
}

/** Why records from now on no longer count (§4 in time); null while they do. */
function lockOf({ state, closedOn }: DealRow, { lateRecording }: Policy): string | null {
  if (closedOn === null) return null;
  const since = `The deal was ${state} on ${dayInWords(closedOn)}.`;
  return lateRecording === "refuse"
    ? `${since} A role or activity recorded after the close earns no credit; it becomes an exception to learn from.`
    : `${since} A role recorded after the close counts only with a proven activity recorded in time; anything else becomes an exception to learn from.`;
}

function mayToDeal(actor: Actor, deal: GuardedDeal, attribution: Attribution) {
  const close = { deal, ...attribution };
  return {
    edit: maySay(mayEditDeal, actor, { deal, locks: true }),
    describe: maySay(mayEditDeal, actor, { deal, locks: false }),
    // Of all stages, the one that is open after the close as well.
    moveStage: maySay(mayMoveStage, actor, { deal, to: 6 }),
    close: maySay(mayCloseDeal, actor, { ...close, as: "lost" }),
    closeWon: maySay(mayCloseDeal, actor, { ...close, as: "won" }),
    confirmNoPartner: maySay(mayConfirmNoPartner, actor, { deal, ...attribution }),
    tag: maySay(mayTagPartner, actor, { deal }),
    logActivity: maySay(mayLogActivity, actor, { deal }),
    addStep: maySay(mayAddStep, actor, { deal }),
  };
}

function mayToRole(actor: Actor, role: OfRole) {
  return {
    confirm: maySay(mayConfirmRole, actor, role),
    refuse: maySay(mayRefuseRole, actor, role),
    edit: maySay(mayEditRole, actor, { ...role, rewrites: false }),
    rewrite: maySay(mayEditRole, actor, { ...role, rewrites: true }),
    withdraw: maySay(mayWithdrawRole, actor, role),
  };
}

function mayToActivity(actor: Actor, activity: OfActivity) {
  return {
    edit: maySay(mayEditActivity, actor, { ...activity, rewrites: false }),
    rewrite: maySay(mayEditActivity, actor, { ...activity, rewrites: true }),
    withdraw: maySay(mayWithdrawActivity, actor, activity),
    vouch: maySay(mayVouchActivity, actor, activity),
  };
}

const calledIn = ({ names }: DealRecords, id: string) => ({
  id,
  ...(names.get(id) ?? { name: id }),
});

function timelineOf(
  actor: Actor,
  deal: GuardedDeal,
  facts: Facts,
  records: DealRecords & { changes: Happening[] },
  { state, closedOn }: DealRow,
): Happening[] {
  const nameOf = (id: string) => calledIn(records, id);
  const activityOf = new Map(records.activities.map((activity) => [activity.id, activity]));
  const happenings: Happening[] = [
    ...records.changes,
    ...facts.stages.map(({ stage, enteredOn }, at) => ({
      kind: "stage" as const,
      id: `${facts.deal.id}#${at}`,
      on: enteredOn,
      stage,
    })),
    ...facts.activities.map(({ partnerId, occurredOn, ...activity }) => {
      const { recordedBy, changedBy, vouchedOn, vouchedBy, ...record } =
        activityOf.get(activity.id) ?? NOBODYS;
      const { owner, nextStep, nextStepDueOn } = record;
      const held = { recordedBy, changedBy, vouchedOn, recordedOn: activity.recordedOn };
      const vouched = vouchedOn === null ? null : { on: vouchedOn, by: vouchedBy ?? "" };
      const may = mayToActivity(actor, { deal, activity: held });
      const byPartner = records.confirmed.get(activity.id);
      const told = { toldBy: record.toldBy ?? undefined, byPartner };
      const more = { owner, nextStep, nextStepDueOn, vouched, ...told, evidence: gradeOf(activity), may };
      return {
        kind: "activity" as const,
        ...activity,
        on: occurredOn,
        partner: nameOf(partnerId),
        ...more,
      };
    }),
    ...facts.registrations.map(({ partnerId, submittedOn, ...registration }) => {
      const known = records.registrations.find(({ id }) => id === registration.id);
      const held = { recordedBy: known?.recordedById ?? null, decidedOn: known?.decidedOn ?? null };
      return {
        kind: "registration" as const,
        ...registration,
        on: submittedOn,
        partner: nameOf(partnerId),
        recordedBy: known?.recordedBy ?? null,
        decidedBy: known?.decidedBy ?? null,
        reason: known?.reason ?? null,
        evidence: gradeOf(registration),
        may: { decide: maySay(mayDecideRegistration, actor, { deal, registration: held }) },
      };
    }),
    ...facts.roles.map(({ partnerId, touchedOn, ...role }) => ({
      kind: "role" as const,
      ...role,
      on: touchedOn,
      partner: nameOf(partnerId),
    })),
    ...facts.rulings.map(({ id, partnerId, outcome, decidedOn }) => ({
      kind: "ruling" as const,
      id,
      outcome,
      on: decidedOn,
      partner: nameOf(partnerId),
    })),
  ];
  if (closedOn !== null)
    happenings.push({ kind: "closed", id: `${facts.deal.id}#closed`, on: closedOn, state });
  // Newest first; of one day, what comes last in the lists above comes first, as it would have happened.
  return happenings.reverse().sort((one, other) => (one.on < other.on ? 1 : one.on > other.on ? -1 : 0));
}

const NOBODYS = {
  ...{ recordedBy: null, changedBy: null, owner: null, toldBy: null },
  ...{ nextStep: null, nextStepDueOn: null, vouchedOn: null, vouchedBy: null },
};

import { z } from "zod";
import {
  DEAL_TYPES,
  GRAY_CODES,
  INVOLVEMENTS,
  REGISTRATION_STATUSES,
  ROUTES,
} from "@/lib/attribution/vocabulary";
import { defineQuery } from "./query";
import { dayShape, idShape, namedShape, outcomeShape, roleShape, stageShape, stateShape } from "./shapes";

/** True, or the sentence that says why not. */
const maySay = z.union([z.literal(true), z.string()]);

/** One thing that happened to a deal; `on` is the day it happened, `id` the fact's. */
const happening = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stage"), id: z.string(), on: dayShape, stage: stageShape }),
  z.object({
    kind: z.literal("activity"),
    id: z.string(),
    on: dayShape,
    partner: namedShape,
    type: z.string(),
    stage: stageShape,
    recordedOn: dayShape,
    proof: z.string().nullable(),
    involvement: z.enum(INVOLVEMENTS),
    /** Who logged it; null when an import brought it. */
    owner: z.string().nullable(),
    nextStep: z.string().nullable(),
    nextStepDueOn: dayShape.nullable(),
    mayChange: maySay,
  }),
  z.object({
    kind: z.literal("registration"),
    id: z.string(),
    on: dayShape,
    partner: namedShape,
    status: z.enum(REGISTRATION_STATUSES),
  }),
  z.object({
    kind: z.literal("role"),
    id: z.string(),
    on: dayShape,
    partner: namedShape,
    role: roleShape,
    touchStage: stageShape,
    recordedOn: dayShape,
    confirmedOn: dayShape.nullable(),
  }),
  z.object({
    kind: z.literal("ruling"),
    id: z.string(),
    on: dayShape,
    partner: namedShape,
    outcome: outcomeShape,
  }),
  z.object({ kind: z.literal("closed"), id: z.string(), on: dayShape, state: stateShape }),
]);

/** One deal as its page shows it: facts, role table, timeline, and what the person asking may do to it. */
export const deal = defineQuery({
  name: "deal",
  summary: "One deal with its stage path, role table, timeline and what I may do to it.",
  input: z.strictObject({ dealId: idShape }),
  output: z.object({
    deal: z.object({
      id: z.string(),
      account: z.string().nullable(),
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
        partner: namedShape,
        contact: z.string().nullable(),
        role: roleShape,
        touchStage: stageShape,
        touchedOn: dayShape,
        recordedOn: dayShape,
        /** Null when an import brought it. */
        recordedBy: z.string().nullable(),
        confirmedOn: dayShape.nullable(),
        confirmedBy: z.string().nullable(),
        /** The partner's, which all its rows share. */
        outcome: outcomeShape,
        disputed: outcomeShape.nullable(),
        /** Minor units of the deal's currency credited to the partner. */
        credit: z.int(),
        mayConfirm: maySay,
        mayChange: maySay,
      }),
    ),
    /** Newest first. */
    timeline: z.array(happening),
    /** Why new records no longer count on this deal; null while it is open. */
    locked: z.string().nullable(),
    may: z.object({
      edit: maySay,
      moveStage: maySay,
      close: maySay,
      confirmNoPartner: maySay,
      tag: maySay,
      logActivity: maySay,
    }),
  }),
  async run() {
    throw new Error("not written yet");
  },
});

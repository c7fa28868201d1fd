import { z } from "zod";
import { DEAL_TYPES } from "@/lib/attribution/vocabulary";
import { defineQuery } from "./query";
import {
  dayShape,
  idShape,
  moneyShape,
  outcomeShape,
  quarterShape,
  roleShape,
  stageShape,
  stateShape,
} from "./shapes";

export const DEAL_SORTS = [
  "account",
  "amount",
  "stage",
  "createdOn",
  "closedOn",
  "outcome",
  "owner",
  "id",
] as const;

/**
 * What is wrong with a deal, the gravest first: a partner's claim is contested; it was won and nobody
 * confirmed its attribution; a role row waits for the AE; it is at stage 4 or 5 and nobody said yet
 * whether a partner is involved.
 */
export const DEAL_WARNINGS = ["disputed", "won_unconfirmed", "row_unconfirmed", "closing_undecided"] as const;

/** One page of deals, with how many match in all and what they add up to. */
export const dealsList = defineQuery({
  name: "deals-list",
  summary: "The deals that match a filter, a page at a time, with their partners and warnings.",
  input: z.strictObject({
    scope: z.enum(["mine", "all"]).default("all"),
    /** In account, deal id, owner or partner name, any case. */
    search: z.string().max(200).optional(),
    outcome: z.array(outcomeShape).optional(),
    state: stateShape.optional(),
    stage: z.array(stageShape).optional(),
    partnerId: idShape.optional(),
    owner: z.string().optional(),
    /** Created or closed in this fiscal quarter; with `number`, the quarter whose number is opened. */
    quarter: quarterShape.optional(),
    /** A number of the dashboard; the answer is exactly the deals it is made of. Needs `quarter`. */
    number: z.string().optional(),
    /** The part of that number, as its definition names it; its first when absent. */
    part: z.string().optional(),
    /** Open, and nobody confirmed yet which partner is involved, or that none is. */
    needsDecision: z.boolean().optional(),
    /** Open at stage 4 or 5: deals carry no expected close day, so the stage stands for it. */
    closingSoon: z.boolean().optional(),
    disputed: z.boolean().optional(),
    sort: z.enum(DEAL_SORTS).default("createdOn"),
    dir: z.enum(["asc", "desc"]).default("desc"),
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    total: z.int(),
    /** Of every match, not of this page. Null when their currencies differ and no number is opened. */
    sum: moneyShape.nullable(),
    rows: z.array(
      z.object({
        id: z.string(),
        account: z.string().nullable(),
        owner: z.string(),
        stage: stageShape,
        amount: z.int(),
        currency: z.string(),
        type: z.enum(DEAL_TYPES),
        createdOn: dayShape,
        closedOn: dayShape.nullable(),
        /** Open, won or lost. */
        state: stateShape,
        /** What the policy says partners earned on it. */
        outcome: outcomeShape,
        disputed: z.boolean(),
        /** One for each role row, then one for each other partner on the deal. */
        partners: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            rowId: z.string().nullable(),
            role: roleShape.nullable(),
            touchStage: stageShape.nullable(),
            confirmed: z.boolean(),
            outcome: outcomeShape,
          }),
        ),
        /** All its activities are proven, some lack proof, or there are none. */
        proof: z.enum(["proven", "missing", "none"]),
        warning: z.enum(DEAL_WARNINGS).nullable(),
        /** The AE confirmed every role row, or said that no partner is involved. */
        attributionConfirmed: z.boolean(),
        version: z.int(),
      }),
    ),
  }),
  async run() {
    throw new Error("not written yet");
  },
});

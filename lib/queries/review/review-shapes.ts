import { z } from "zod";
import { EXCEPTION_KINDS, exceptionLineShape, precedentShape, SIDES } from "../exception/exception-shapes";
import { metricShape, valueShape } from "../numbers/metric-shapes";
import {
  dayShape,
  mayShape,
  moneyShape,
  namedShape,
  outcomeShape,
  policyStateShape,
  quarterShape,
} from "../shapes";
import { QUARTER_STATES, sealShape } from "./quarter-standing";

/** The shapes of the quarterly review, its seal and what differs from it (domain.md §8.6, §8.7). */

/** A deal at a glance, as a seal or a correction has it. */
const glanceShape = z.object({
  account: z.string().nullable(),
  amount: z.int(),
  currency: z.string(),
  outcome: outcomeShape,
});

export const reviewShape = z.object({
  quarter: z.object({ label: quarterShape, from: dayShape, to: dayShape }),
  prior: quarterShape,
  state: z.enum(QUARTER_STATES),
  seal: sealShape.nullable(),
  asOf: dayShape,
  policy: policyStateShape,
  reportingCurrency: z.string(),
  /** Pipeline created by bucket. */
  pipeline: metricShape,
  /** Revenue closed by bucket; each figure's `prior` is the quarter before. */
  revenue: metricShape,
  /** Program economics. */
  economics: metricShape,
  /** New sourced leads, AE adoption, engagement frequency. */
  indicators: z.array(metricShape),
  /** The four of the dashboard, which the ask is tied to. */
  headline: z.array(metricShape),
  exceptions: z.object({
    /** In the order of the meeting, like by like, the first of them; of a pack all, open ones first. */
    rows: z.array(exceptionLineShape),
    /** Where `review-cases` goes on; null when these are all. */
    next: z.string().nullable(),
    total: z.int(),
    kinds: z.array(
      z.object({ kind: z.enum(EXCEPTION_KINDS), open: z.int(), deferred: z.int(), settled: z.int() }),
    ),
    open: z.int(),
    deferred: z.int(),
    settled: z.int(),
    grayShare: z.object({ gray: z.int(), closed: z.int(), share: z.number().nullable(), limit: z.number() }),
  }),
  /** Null until somebody starts it. */
  meeting: z
    .object({
      facilitator: namedShape.nullable(),
      /** A section, or an exception's id. */
      position: z.string(),
      /** For `drive-review`. */
      turn: z.int(),
      ask: z.string(),
      askBy: namedShape.nullable(),
      minutes: z.string(),
      /** For `write-review`. */
      version: z.int(),
      startedAt: z.string(),
    })
    .nullable(),
  /** Corrections of frozen quarters that were accepted into this one's journal, and what they make of those. */
  corrections: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        quarter: quarterShape,
        dealId: z.string(),
        kind: z.enum(["changed", "deleted", "added"]),
        reason: z.string(),
        proposedBy: namedShape,
        acceptedBy: namedShape,
        acceptedOn: dayShape,
        sealed: glanceShape.nullable(),
        corrected: glanceShape.nullable(),
      }),
    ),
    numbers: z.array(
      z.object({
        quarter: quarterShape,
        metric: z.string(),
        figure: z.string(),
        name: z.string(),
        unit: z.enum(["money", "perUnit", "share", "times", "days", "deals"]),
        sealed: valueShape,
        corrected: valueShape,
      }),
    ),
  }),
  /** The close checklist as it stands, and who prepared the freeze; a frozen quarter's as it stood then. */
  close: z.object({
    checklist: z.array(
      z.object({
        item: z.string(),
        done: z.boolean(),
        says: z.string(),
        /** Of `costs`, what nothing is entered or said of. */
        missing: z
          .array(z.object({ side: z.enum(["partner_program", "direct_sales"]), category: z.string() }))
          .optional(),
      }),
    ),
    /** ISO 8601; null while nobody has. */
    preparation: z.object({ by: namedShape, at: z.string() }).nullable(),
  }),
  /** Why it cannot be frozen yet; true when it can, by this person. */
  may: z.object({
    start: mayShape,
    drive: mayShape,
    writeAsk: mayShape,
    writeMinutes: mayShape,
    sayNoCost: mayShape,
    prepare: mayShape,
    freeze: mayShape,
  }),
});

export const quarterLineShape = z.object({
  label: quarterShape,
  from: dayShape,
  to: dayShape,
  state: z.enum(QUARTER_STATES),
  seal: sealShape.nullable(),
  reviewStarted: z.boolean(),
  /** Whether any deal closed in it: without one there is nothing to review. */
  hasClosed: z.boolean(),
  exceptions: z.object({ open: z.int(), deferred: z.int(), settled: z.int() }),
});

/** One thing that differs from the seal. */
export const changeShape = z.object({
  /** Of what: the deal's own field, a kind of fact, its outcome, its credit. */
  of: z.enum([
    "deal",
    "name",
    "stage",
    "registration",
    "role",
    "activity",
    "ruling",
    "partner",
    "cohort",
    "policy",
    "outcome",
    "credit",
  ]),
  /** The fact's or partner's id; null for the deal itself. */
  id: z.string().nullable(),
  /** The field; null when the whole fact came or went. */
  field: z.string().nullable(),
  /** As text; null when it was not there. */
  sealed: z.string().nullable(),
  current: z.string().nullable(),
});

const standShape = z.object({
  account: z.string().nullable(),
  owner: z.string(),
  amount: z.int(),
  currency: z.string(),
  state: z.enum(["open", "won", "lost"]),
  createdOn: dayShape,
  closedOn: dayShape.nullable(),
  outcome: outcomeShape,
  credit: z.array(z.object({ partner: namedShape, outcome: outcomeShape, amount: z.int() })),
});

export const restatementShape = z.object({
  dealId: z.string(),
  /** `changed`; `deleted` since; `added`: it would belong to the quarter now and is not in the seal. */
  kind: z.enum(["changed", "deleted", "added"]),
  /** What the quarter's numbers take from the deal differs, not its facts alone. */
  movesNumbers: z.boolean(),
  sealed: standShape.nullable(),
  current: standShape.nullable(),
  /** What changed, as data and in words. */
  reason: z.array(changeShape),
  words: z.array(
    z.object({ what: z.string(), sealed: z.string().nullable(), current: z.string().nullable() }),
  ),
  /** Proposed as a correction, and waiting for a second person; null when it is not. */
  waiting: z.object({ id: z.string(), reason: z.string(), by: namedShape, on: dayShape }).nullable(),
  may: z.object({ propose: mayShape, accept: mayShape, decline: mayShape }),
  /** Who wrote to it since the seal, oldest first. */
  by: z.array(z.object({ at: z.string(), actor: z.string(), name: z.string(), action: z.string() })),
});

export const restatementsShape = z.object({
  quarter: quarterShape,
  seal: sealShape,
  total: z.int(),
  counts: z.object({ changed: z.int(), deleted: z.int(), added: z.int(), movesNumbers: z.int() }),
  /** The four numbers as sealed, and as they would be counted now. */
  numbers: z.array(
    z.object({
      metric: z.string(),
      figure: z.string(),
      name: z.string(),
      unit: z.string(),
      sealed: z.union([z.number(), z.object({ undefined: z.string() })]),
      current: z.union([z.number(), z.object({ undefined: z.string() })]),
    }),
  ),
  rows: z.array(restatementShape),
  /** The corrections that two accepted, and in which quarter's journal they count. */
  accepted: z.array(
    z.object({
      id: z.string(),
      dealId: z.string(),
      account: z.string().nullable(),
      kind: z.enum(["changed", "deleted", "added"]),
      reason: z.string(),
      proposedBy: z.string(),
      acceptedBy: z.string(),
      acceptedOn: dayShape,
      journal: quarterShape,
    }),
  ),
});
export type Restatements = z.output<typeof restatementsShape>;

export const exceptionsListShape = z.object({
  quarter: quarterShape,
  frozen: z.boolean(),
  /** Closed deals of the quarter with a gray area, found or raised, against 5 %. */
  grayShare: z.object({
    gray: z.int(),
    closed: z.int(),
    share: z.number().nullable(),
    limit: z.number(),
  }),
  /** Of all exceptions of the quarter. */
  counts: z.object({
    open: z.int(),
    deferred: z.int(),
    decided: z.int(),
    put_right: z.int(),
    withdrawn: z.int(),
  }),
  /** At stake in the open and deferred ones, each deal once; null when currencies differ. */
  atStake: moneyShape.nullable(),
  total: z.int(),
  rows: z.array(exceptionLineShape),
  /** How cases of each kind were decided in earlier quarters. */
  precedents: z.array(precedentShape),
  /** The side that the asker decides for, by role or as a deputy; null for everybody else. */
  side: z.enum(SIDES).nullable(),
  /** Several at once; each is asked for itself then. */
  may: z.object({ decide: mayShape, assign: mayShape, defer: mayShape }),
});

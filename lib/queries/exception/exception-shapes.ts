import { z } from "zod";
import { CLAUSES } from "@/lib/attribution/clauses";
import { GRAY_CODES, MODELS } from "@/lib/attribution/vocabulary";
import {
  dayShape,
  factsShape,
  mayShape,
  namedShape,
  outcomeShape,
  quarterShape,
  stateShape,
} from "../shapes";

/** The shapes of an exception, wherever one is shown (domain.md §8.6). */

/** `open`; `deferred` past a freeze; `decided` by both sides; `put_right`, closed by the facts before close; `withdrawn`. */
export const EXCEPTION_STATES = ["open", "deferred", "decided", "put_right", "withdrawn"] as const;
export const EXCEPTION_KINDS = [...GRAY_CODES, "other"] as const;
export const DECISIONS = ["rule_upheld", "ruling", "learning"] as const;
export const SIDES = ["finance", "partnerships"] as const;

export const voteShape = z.object({
  side: z.enum(SIDES),
  by: namedShape,
  decision: z.enum(DECISIONS),
  /** With a ruling: for whom, and what. */
  partner: namedShape.nullable(),
  outcome: outcomeShape.nullable(),
  reason: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
});

/** One line of the log. */
export const exceptionLineShape = z.object({
  id: z.string(),
  quarter: quarterShape,
  kind: z.enum(EXCEPTION_KINDS),
  /** Its name, "Late record". */
  label: z.string(),
  origin: z.enum(["found", "raised"]),
  dealId: z.string(),
  account: z.string().nullable(),
  /** Null when the deal was deleted since. */
  deal: z
    .object({
      owner: z.string(),
      state: stateShape,
      closedOn: dayShape.nullable(),
      outcome: outcomeShape,
    })
    .nullable(),
  /** At stake: the deal's amount when it was opened, minor units. */
  amount: z.int(),
  currency: z.string(),
  /** Whose claim it is, when it is one partner's. */
  partner: namedShape.nullable(),
  /** In the words of whoever raised it; null when it was found. */
  claim: z.string().nullable(),
  raisedBy: namedShape.nullable(),
  /** Who at the partner contests it by its statement; `raisedBy` then shared the link. */
  contestedBy: z.string().nullable(),
  owner: namedShape.nullable(),
  openedOn: dayShape,
  /** Days since it was opened, until it was settled. */
  ageDays: z.int(),
  state: z.enum(EXCEPTION_STATES),
  deferred: z.object({ to: namedShape, until: dayShape }).nullable(),
  /** At most one a side. Two that differ: the sides disagree, and both are shown. */
  votes: z.array(voteShape),
  split: z.boolean(),
  /** What settled it, and when; `facts` when they were put right, `withdrawn` by whoever raised it. */
  settled: z.object({ by: z.enum([...DECISIONS, "facts", "withdrawn"]), on: dayShape }).nullable(),
  /** The gray area still shows in the facts; false on an open one of a closed deal: put right too late to close by itself. */
  stillGray: z.boolean(),
  /** Clause of the memo that it touches; null for `other`. */
  clause: z.enum(CLAUSES).nullable(),
  version: z.int(),
});
export type ExceptionLine = z.output<typeof exceptionLineShape>;

/** How often cases of a kind were decided one way, in earlier quarters. */
export const precedentShape = z.object({
  kind: z.enum(EXCEPTION_KINDS),
  decision: z.enum(DECISIONS),
  count: z.int(),
});
export type Precedent = z.output<typeof precedentShape>;

export const noteShape = z.object({
  id: z.string(),
  /** `comment`, or what happened: opened, closed_by_facts, owner, deferred, deputy, voted, decided, withdrawn. */
  kind: z.string(),
  /** What somebody said: the comment, the claim, the reason. */
  text: z.string(),
  /** Of a vote and a decision: what, and with a ruling for whom. */
  decision: z.enum(DECISIONS).nullable(),
  partner: namedShape.nullable(),
  outcome: outcomeShape.nullable(),
  /** The owner, whom it was deferred to, or the deputy; null when nobody any more. */
  person: namedShape.nullable(),
  until: dayShape.nullable(),
  by: namedShape.nullable(),
  at: z.string(),
});

const creditShape = z.array(z.object({ partner: namedShape, outcome: outcomeShape, amount: z.int() }));
/** A deal's outcome and its credit lines, minor units of its currency. */
export const effectShape = z.object({ outcome: outcomeShape, credit: creditShape });

/** A possible decision, and what it would make of the deal. */
export const possibleShape = z.object({
  decision: z.enum(DECISIONS),
  /** With a ruling. */
  partner: namedShape.nullable(),
  outcome: outcomeShape.nullable(),
  before: effectShape,
  after: effectShape,
  changes: z.boolean(),
});

export const exceptionDetailShape = exceptionLineShape.extend({
  /** The quarter is frozen: it is as the seal has it, and what was put off went on in a later log. */
  frozen: z.boolean(),
  /** The contested facts as they were when it was opened. */
  contested: factsShape.pick({ registrations: true, roles: true, activities: true, rulings: true }),
  /** The deal's facts as they are now; null when it was deleted. */
  facts: factsShape.nullable(),
  claims: z.object({
    /** What the partner, or whoever raised it, claims. */
    claimant: z.object({ who: z.string(), says: z.string() }),
    /** What the rule says: the memo's clause, and the verdict on each partner. */
    rule: z.object({
      clause: z.enum(CLAUSES).nullable(),
      text: z.string(),
      verdicts: z.array(z.object({ partner: namedShape, outcome: outcomeShape, sentence: z.string() })),
    }),
  }),
  model: z.enum(MODELS),
  /** What each decision would change: the rule upheld, each ruling that can be made, a learning. */
  possible: z.array(possibleShape),
  /** In order of time. */
  discussion: z.array(noteShape),
  /** The id of the ruling or the learning that it became. */
  became: z.string().nullable(),
  /** The side that the asker decides for here, by role or as a deputy; null for everybody else. */
  side: z.enum(SIDES).nullable(),
  /** Who can decide it as things stand, by side: nobody is the reason to name a deputy. */
  deciders: z.object({ finance: z.array(namedShape), partnerships: z.array(namedShape) }),
  /** Who decides in place of a side here. */
  deputies: z.array(z.object({ side: z.enum(SIDES), person: namedShape, forThisCase: z.boolean() })),
  may: z.object({
    decide: mayShape,
    comment: mayShape,
    assign: mayShape,
    defer: mayShape,
    withdraw: mayShape,
    nameDeputy: mayShape,
  }),
  names: z.object({ partners: z.record(z.string(), z.string()) }),
});
export type ExceptionDetail = z.output<typeof exceptionDetailShape>;

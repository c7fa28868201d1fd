import { z } from "zod";
import { CLAUSES, MEMO_SECTIONS } from "@/lib/attribution/clauses";
import { MODELS } from "@/lib/attribution/vocabulary";
import { SEATS } from "@/lib/auth/roles";
import { dayShape, idShape, mayShape, policyShape, quarterShape } from "../shapes";
import { byWhomShape, momentShape, seatsShape } from "../signing/seats";
import { backtestSummaryShape } from "./backtest-shapes";

/** Where a policy stands, from what was recorded of it (§8.8). `signed` waits for its first day. */
export const POLICY_STATES = [
  "draft",
  "proposed",
  "declined",
  "withdrawn",
  "signed",
  "in_force",
  "former",
] as const;
export type PolicyStanding = (typeof POLICY_STATES)[number];

/** What makes an amendment wait: told in advance, with the day it becomes possible (§8.8). */
export const amendmentShape = z.object({
  /** The first day a further policy may be active from: today unless the last one is younger than a year. */
  possibleFrom: dayShape,
  /** The agreement or amendment that makes it wait; null when none does. */
  waitsFor: z.object({ policyId: z.string(), title: z.string(), activeFrom: dayShape }).nullable(),
  /** Nothing was ever signed: what is signed next is the first agreement, which may reach back. */
  first: z.boolean(),
});

/** A line of the list of policies. */
export const policyLineShape = z.object({
  id: z.string(),
  title: z.string(),
  model: z.enum(MODELS),
  state: z.enum(POLICY_STATES),
  /** The nth policy that three people signed; null until they have. */
  number: z.int().nullable(),
  hash: z.string().nullable(),
  signatures: z.int(),
  /** The first day it is meant to judge; null in a draft. */
  activeFrom: dayShape.nullable(),
  /** The last day it judged; null while none follows it. */
  activeUntil: dayShape.nullable(),
  drafted: byWhomShape,
  demo: z.boolean(),
});

/** One change between two policies, in the words of the clause it stands in. */
export const clauseChangeShape = z.object({
  clause: z.enum(CLAUSES),
  section: z.enum(MEMO_SECTIONS),
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** All that the page of one policy shows. The memo is rendered from `document` by lib/attribution/memo.ts. */
export const policyAnswerShape = policyLineShape.extend({
  /** Of the draft: an edit names the one it was made on. */
  version: z.int(),
  document: policyShape,
  /** The canonical JSON that is hashed: of a draft, what would be. `draftHash` is its SHA-256. */
  canonical: z.string(),
  draftHash: z.string(),
  proposed: byWhomShape.nullable(),
  withdrawn: byWhomShape.extend({ reason: z.string() }).nullable(),
  declined: byWhomShape.extend({ seat: z.enum(SEATS), reason: z.string() }).nullable(),
  seats: seatsShape,
  /** Held against the policy in force, or the one it amended; `policyId` null: the preset, nothing being signed. */
  against: z.object({
    policyId: z.string().nullable(),
    title: z.string(),
    hash: z.string(),
    document: policyShape,
  }),
  /** In words, clause by clause; empty when both say the same. */
  difference: z.array(clauseChangeShape),
  amendment: amendmentShape,
  /** Kept beside the memo, newest first. */
  backtests: z.array(
    z.object({
      id: z.string(),
      ran: byWhomShape,
      asOf: dayShape,
      quarters: z.array(quarterShape),
      /** Whether it was run on the text as it stands. */
      current: z.boolean(),
      hash: z.string(),
      againstHash: z.string(),
      againstTitle: z.string(),
      result: backtestSummaryShape,
      /** Names of the partners in the result. */
      partners: z.record(z.string(), z.string()),
    }),
  ),
  may: z.object({
    edit: mayShape,
    propose: mayShape,
    discard: mayShape,
    withdraw: mayShape,
    decline: mayShape,
    keepBacktest: mayShape,
  }),
});
export type PolicyAnswer = z.output<typeof policyAnswerShape>;

/** The judging that follows a policy's coming into force. */
export const judgingRunShape = z.object({
  policyId: z.string(),
  title: z.string(),
  hash: z.string(),
  startedAt: momentShape,
  finishedAt: momentShape.nullable(),
  judged: z.int(),
  total: z.int(),
  /** Deals whose outcome it changed. */
  moved: z.int(),
  moves: z.array(z.object({ from: z.string(), to: z.string(), deals: z.int() })),
});

export const learningShape = z.object({
  id: z.string(),
  text: z.string(),
  quarter: quarterShape,
  /** `wish`, or the id of the exception it came from. */
  source: z.string(),
  recorded: byWhomShape,
});

export const policyIdInput = z.strictObject({ policyId: idShape });

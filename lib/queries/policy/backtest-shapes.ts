import { z } from "zod";
import { CLAUSES } from "@/lib/attribution/clauses";
import { TESTS } from "@/lib/attribution/vocabulary";
import type { BacktestSummary } from "@/lib/metrics/backtest";
import type { QuarterNumbers } from "@/lib/metrics/quarter-numbers";
import { UNDEFINED_REASONS, type UndefinedReason } from "@/lib/metrics/value";
import { dayShape, idShape, moneyShape, outcomeShape, quarterShape } from "../shapes";

const REASONS = Object.keys(UNDEFINED_REASONS) as [UndefinedReason, ...UndefinedReason[]];
const undefinedShape = z.object({ undefined: z.enum(REASONS), detail: z.string().optional() });
const valueShape = z.union([z.number(), undefinedShape]);

/** The four numbers of a quarter as `npm run numbers` prints them (§7). */
const fourNumbersShape = z.object({
  sourcedPipeline: z.object({
    amount: valueShape,
    deals: valueShape,
    share: valueShape,
    openAtEnd: valueShape,
  }),
  influencedWinRate: z.object({
    rate: valueShape,
    deals: valueShape,
    direct: valueShape,
    directDeals: valueShape,
    shareOfWonRevenue: valueShape,
  }),
  cycleReduction: z.object({
    days: valueShape,
    direct: valueShape,
    directDeals: valueShape,
    credited: valueShape,
    creditedDeals: valueShape,
    matchedDays: valueShape,
    matchedDeals: valueShape,
  }),
  costPerPartnerDollar: z.object({
    programCost: valueShape,
    attributedWon: valueShape,
    sourcedWon: valueShape,
    directWon: valueShape,
    perAttributed: valueShape,
    perSourced: valueShape,
    direct: valueShape,
    headline: z.enum(["attributed", "sourced"]),
  }),
}) satisfies z.ZodType<QuarterNumbers>;

const creditLineShape = z.object({ outcome: outcomeShape, deals: z.int(), amounts: z.array(moneyShape) });
const grayShape = z.object({ closed: z.int(), gray: z.int() });

/** What a policy would have done (lib/metrics/backtest.ts). */
export const backtestSummaryShape = z.object({
  deals: z.int(),
  moved: z.int(),
  moves: z.array(
    z.object({ from: outcomeShape, to: outcomeShape, deals: z.int(), amounts: z.array(moneyShape) }),
  ),
  gray: z.object({ before: grayShape, after: grayShape }),
  partners: z.array(
    z.object({
      partnerId: z.string(),
      before: z.array(creditLineShape),
      after: z.array(creditLineShape),
      gains: z.int(),
      loses: z.int(),
    }),
  ),
  quarters: z.array(
    z.object({
      quarter: quarterShape,
      moved: z.int(),
      before: z.union([fourNumbersShape, undefinedShape]),
      after: z.union([fourNumbersShape, undefinedShape]),
    }),
  ),
}) satisfies z.ZodType<BacktestSummary>;

/** A stored policy by its id, or a document that is stored nowhere. */
export const policyChoiceShape = z.union([
  z.strictObject({ policyId: idShape }),
  z.strictObject({ document: z.unknown() }),
]);

/** What is held against what, and over which deals. */
export const backtestInput = z.strictObject({
  policy: policyChoiceShape,
  /** Absent: what judges each deal now, the policy in force on its day (§5). */
  against: policyChoiceShape.optional(),
  /** Deals created or closed in one of these; none given: all deals, and no quarter's numbers. */
  quarters: z.array(quarterShape).max(20, "at most 20 quarters at a time").default([]),
  /** Instead: what would change once the policy is signed to begin on this day, over the quarters that it concerns. */
  signedFrom: dayShape.optional(),
});

/** What a running backtest says: how far it is, several times, then what came out, once and last. */
export const backtestEventShape = z.discriminatedUnion("event", [
  z.object({ event: z.literal("progress"), judged: z.int(), total: z.int() }),
  z.object({
    event: z.literal("result"),
    hash: z.string(),
    againstHash: z.string(),
    result: backtestSummaryShape,
    /** Names of the partners in the result. */
    partners: z.record(z.string(), z.string()),
    /** Which deals the signature asked about would judge; null when none was. */
    judges: z
      .object({
        open: z.int(),
        closed: z.int(),
        closedSince: dayShape.nullable(),
        frozen: z.array(quarterShape),
      })
      .nullable(),
  }),
]);
export type BacktestEvent = z.output<typeof backtestEventShape>;

const sideShape = z.object({
  outcome: outcomeShape,
  /** The rule that decided, or the ruling's id; null when the partner is not on the deal. */
  rule: z.string().nullable(),
});

/** What differs for one partner: its outcome and rule on both sides, and the tests that came out otherwise. */
export const partnerDifferenceShape = z.object({
  partnerId: z.string(),
  name: z.string(),
  before: sideShape,
  after: sideShape,
  tests: z.array(
    z.object({
      test: z.enum(TESTS),
      clause: z.enum(CLAUSES),
      before: z.boolean(),
      after: z.boolean(),
    }),
  ),
});

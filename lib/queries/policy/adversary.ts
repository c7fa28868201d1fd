import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { HANDS } from "@/lib/attribution/adversary/hands";
import type { FoundHole } from "@/lib/attribution/adversary/ways";
import { CLAUSES } from "@/lib/attribution/clauses";
import type { Day } from "@/lib/attribution/facts";
import { GRAY_CODES, INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { type AdversaryAsk, findAdversary } from "@/lib/judging/adversary";
import { HEADLINE_METRICS } from "@/lib/metrics/quarter-numbers";
import { defineQuery } from "../query";
import { dayShape, namedShape, outcomeShape, quarterShape, roleShape, stageShape } from "../shapes";
import { policyChoiceShape } from "./backtest-shapes";

/** As many of the largest deals as a page waits for. */
const DEALS = 150;

const writeShape = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("row"),
    role: roleShape,
    touchStage: stageShape,
    touchedOn: dayShape,
    recordedOn: dayShape,
    confirmed: z.boolean(),
    rewrites: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("activity"),
    type: z.string(),
    stage: stageShape,
    occurredOn: dayShape,
    recordedOn: dayShape,
    involvement: z.enum(INVOLVEMENTS),
  }),
  z.object({ kind: z.literal("proof"), activityId: z.string() }),
  z.object({ kind: z.literal("registration"), submittedOn: dayShape, recordedOn: dayShape }),
  z.object({ kind: z.literal("program"), program: z.string(), from: dayShape }),
  z.object({ kind: z.literal("engagement") }),
]);

const standingShape = z.object({ deal: outcomeShape, partner: outcomeShape.nullable(), credit: z.number() });

/** A hole on a deal, with the deal and the partner as people know them. */
const foundShape = z.object({
  deal: namedShape,
  amount: z.number(),
  currency: z.string(),
  /** Null: any partner that is not on the deal. */
  partner: namedShape.nullable(),
  hand: z.enum(HANDS),
  outcome: outcomeShape,
  writes: z.array(writeShape),
  cost: z.object({ writes: z.int(), daysBack: z.int() }),
  before: standingShape,
  after: standingShape,
  seenAs: z.array(z.enum(GRAY_CODES)),
});

const adversaryShape = z.object({
  hash: z.string(),
  /** The largest deals that no seal holds: so many of so many were tried. */
  tried: z.int(),
  of: z.int(),
  /** Cheapest first. */
  ways: z.array(
    z.object({
      deals: z.int(),
      cheapest: foundShape,
      dearest: foundShape,
      through: z.array(z.enum(CLAUSES)),
    }),
  ),
  stops: z.array(
    z.object({ hand: z.enum(HANDS), outcome: outcomeShape, clause: z.enum(CLAUSES).nullable() }),
  ),
  quarters: z.array(
    z.object({
      quarter: quarterShape,
      found: foundShape,
      raised: z.array(z.object({ metric: z.enum(HEADLINE_METRICS), before: z.number(), after: z.number() })),
    }),
  ),
});
type AdversaryAnswer = z.output<typeof adversaryShape>;

/** What one hand alone could raise under a policy, with names. */
export async function readAdversary(db: Db, ask: AdversaryAsk, asOf: Day): Promise<AdversaryAnswer> {
  const { hash, tried, of, ways, stops, quarters } = await findAdversary(db, ask, asOf);
  const all = [
    ...ways.flatMap(({ cheapest, dearest }) => [cheapest, dearest]),
    ...quarters.map(({ found }) => found),
  ];
  const named = await names(db, all);
  return {
    ...{ hash, tried, of, stops },
    ways: ways.map(({ deals, cheapest, dearest, through }) => ({
      ...{ deals, through, cheapest: named(cheapest), dearest: named(dearest) },
    })),
    quarters: quarters.map(({ quarter, found, raised }) => ({ quarter, raised, found: named(found) })),
  };
}

async function names(db: Db, found: readonly FoundHole[]) {
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select id, coalesce(account, id) as name from deals
      where id = any(${sql.param(found.map(({ dealId }) => dealId))}::text[])
    union all select id, name from partners
      where id = any(${sql.param(found.flatMap(({ hole }) => hole.partnerId ?? []))}::text[])`);
  const nameOf = new Map([...rows].map(({ id, name }) => [id, name]));
  const named = (id: string) => ({ id, name: nameOf.get(id) ?? id });
  return ({ dealId, amount, currency, hole: { partnerId, ...hole } }: FoundHole) => ({
    ...{ deal: named(dealId), amount, currency, partner: partnerId === null ? null : named(partnerId) },
    ...hole,
  });
}

/** Before anybody signs: the cheapest writes of one hand alone that raise a deal, a partner, a quarter (§8.8). */
export const adversary = defineQuery({
  name: "adversary",
  summary:
    "The cheapest writes of one role alone that would raise credit under a policy, and what stops the others.",
  inBody: true,
  input: z.strictObject({
    policy: policyChoiceShape,
    /** Deals created or closed in one of these; none given: all deals, and no quarter's numbers. */
    quarters: z.array(quarterShape).max(20, "at most 20 quarters at a time").default([]),
    deals: z.int().min(1).max(2000).default(DEALS),
  }),
  output: adversaryShape,
  run: ({ db, today }, ask) => readAdversary(db, ask, today),
});

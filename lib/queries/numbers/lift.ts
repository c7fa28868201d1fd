import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { MODELS, type Model, type Outcome, STAGES } from "@/lib/attribution/vocabulary";
import { refuse } from "@/lib/errors";
import { eachClosed } from "@/lib/judging/sightings";
import { LiftTally } from "@/lib/metrics/lift";
import { readCompany } from "../company/company";
import { howToLook, readLenses, throughLenses } from "../lens/lenses";
import { policyState } from "../policy/policy-state";
import { defineQuery } from "../query";
import { dayShape, policyStateShape, quarterShape, stageShape } from "../shapes";
import { closingSizes } from "./closing-sizes";
import { valueShape } from "./metric-shapes";
import { quartersBetween, readSpan } from "./numbers";

const sideShape = z.object({ deals: z.int(), value: valueShape });
const comparedShape = z.object({
  with: sideShape,
  without: sideShape,
  /** With minus without; the ends are those of its 95 % interval. */
  difference: valueShape,
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Of a thousand shuffles of the sides, the share at least as far from zero. */
  placebo: z.number().nullable(),
});
const bothShape = z.object({ plain: comparedShape, landmark: comparedShape });
const endedShape = z.object({ deals: z.int(), confirmed: z.int() });

/** Deals with a partner beside deals without: by outcome, and from the landmark (§7 lift). */
export const lift = defineQuery({
  name: "lift",
  summary: "Deals with a partner beside deals without, by outcome and from a landmark, with a placebo.",
  input: z.strictObject({
    /** Closed on or after it; from the first when absent. */
    from: dayShape.optional(),
    /** Closed on or before it; to today when absent. */
    to: dayShape.optional(),
    /** A deal's landmark is the first day on which it entered this stage or a later one. */
    stage: stageShape.default(2),
    /** False compares the sides by outcome as they are, all deals of one together. */
    matched: z.boolean().default(true),
    /** Credited as this model sees it; as each deal is judged when absent. */
    model: z.enum(MODELS).optional(),
  }),
  output: z.object({
    asOf: dayShape,
    policy: policyStateShape,
    reportingCurrency: z.string(),
    stage: stageShape,
    /** Won and lost deals of the span; all comparisons are of them. */
    closed: z.int(),
    winRate: bothShape,
    cycleDays: bothShape,
    dealSize: bothShape,
    /** Days in each stage of won deals; from the landmark for the stages that come after it. */
    stages: z.array(
      z.object({ stage: stageShape, plain: comparedShape, landmark: comparedShape.nullable() }),
    ),
    /** Confirmed before they closed, won and lost apart. */
    confirmed: z.object({ won: endedShape, lost: endedShape }),
    /** The quarters that deals closed in, newest first. */
    quarters: z.array(quarterShape),
    /** While the deals are looked through with the asked model for the first time. */
    underWay: z.object({ judged: z.int(), total: z.int() }).nullable(),
  }),
  async run({ db, today }, { from, to, stage, matched, model }) {
    if (from !== undefined && to !== undefined && from > to) refuse("to", to, `not before ${from}`);
    const [{ fiscalYear, reportingCurrency }, policy, span, sizeOf, seen] = await Promise.all([
      readCompany(db),
      policyState(db, today),
      readSpan(db, today),
      closingSizes(db),
      seenThrough(db, today, model),
    ]);
    const tally = new LiftTally(stage, matched);
    if (!seen.underWay) {
      for await (const batch of eachClosed(db, { today, from, to, model: seen.kept })) {
        for (const deal of batch) {
          const attribution = seen.outcomes?.get(deal.id) ?? deal.attribution;
          tally.add({ ...deal, attribution }, sizeOf(deal));
        }
      }
    }
    const { confirmed } = tally;
    return {
      ...tally.result(),
      ...{ asOf: today, policy, reportingCurrency, confirmed },
      closed: confirmed.won.deals + confirmed.lost.deals,
      stages: STAGES.filter((one) => one >= 1 && one <= 5).map((one) => ({
        stage: one,
        plain: tally.compareStage("plain", one),
        landmark: one >= stage ? tally.compareStage("landmark", one) : null,
      })),
      quarters: quartersBetween(span.first, today, fiscalYear),
      underWay: seen.underWay ?? null,
    };
  },
});

/** Where a deal's outcome is from: its own judgement, a kept lens, deals looked through now, or none of them yet. */
interface Seen {
  kept?: Model;
  outcomes?: ReadonlyMap<string, Outcome>;
  underWay?: { judged: number; total: number };
}

async function seenThrough(db: Db, today: Day, model: Model | undefined): Promise<Seen> {
  if (model === undefined) return {};
  const how = await howToLook(db, today, { asOf: today, policyId: undefined });
  if (how === "kept") return { kept: model };
  if (how !== "now") return { underWay: { judged: how.judged, total: how.total } };
  const { policies } = await readLenses(db, today, undefined);
  const outcomes = new Map<string, Outcome>();
  for await (const batch of throughLenses(db, today, { [model]: policies[model] }, null))
    for (const { deal, outcomes: seen } of batch) outcomes.set(deal.id, seen.get(model)!);
  return { outcomes };
}

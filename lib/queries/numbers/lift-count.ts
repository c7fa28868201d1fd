import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { MODELS, type Model, type Outcome } from "@/lib/attribution/vocabulary";
import { eachClosed } from "@/lib/judging/sightings";
import { LiftTally } from "@/lib/metrics/lift";
import { howToLook, readLenses, throughLenses } from "../lens/lenses";
import { dayShape, stageShape } from "../shapes";
import { closingSizes } from "./closing-sizes";
import { valueShape } from "./metric-shapes";
import { refuseBackward } from "./span";

const sideShape = z.object({ deals: z.int(), value: valueShape });
/** Two sides compared (lib/metrics/matched.ts). */
export const comparedShape = z.object({
  with: sideShape,
  without: sideShape,
  /** With minus without; the ends are those of its 95 % interval. */
  difference: valueShape,
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Of a thousand shuffles of the sides, the share at least as far from zero. */
  placebo: z.number().nullable(),
});
/** Which closed deals are compared, and how. */
export const liftInput = z.strictObject({
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
});

/** Counts the asked deals; none while their outcomes under the asked model are still on their way. */
export async function countClosed(
  db: Db,
  today: Day,
  { from, to, stage, matched, model }: z.output<typeof liftInput>,
): Promise<{ tally: LiftTally; underWay: { judged: number; total: number } | null }> {
  refuseBackward({ from, to });
  const [sizeOf, seen] = await Promise.all([closingSizes(db), seenThrough(db, today, model)]);
  const tally = new LiftTally(stage, matched);
  if (seen.underWay) return { tally, underWay: seen.underWay };
  for await (const batch of eachClosed(db, { today, from, to, model: seen.kept })) {
    for (const deal of batch) {
      const attribution = seen.outcomes?.get(deal.id) ?? deal.attribution;
      tally.add({ ...deal, attribution }, sizeOf(deal));
    }
  }
  return { tally, underWay: null };
}

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

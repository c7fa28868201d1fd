import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { MODELS, type Model, type Outcome } from "@/lib/attribution/vocabulary";
import { type ClosedDeal, eachClosed } from "@/lib/judging/sightings";
import { LiftTally } from "@/lib/metrics/lift";
import { howToLook, readLenses, throughLenses } from "../lens/lenses";
import { dayShape, stageShape } from "../shapes";
import { closingSizes } from "./closing-sizes";
import { lookOf, lookShape } from "./look";
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
  /** Narrowed; of a partner or a kind, the deals that it is on beside those that nobody is on. */
  look: lookShape.omit({ asOf: true }).optional(),
});

/** How far outcomes on their way have come. */
interface Judged {
  judged: number;
  total: number;
}

/** Counts the asked deals; none while their outcomes under the asked model are still on their way. */
export async function countClosed(
  db: Db,
  today: Day,
  asked: z.output<typeof liftInput>,
): Promise<{ tally: LiftTally; underWay: Judged | null }> {
  const sizeOf = await closingSizes(db);
  const tally = new LiftTally(asked.stage, asked.matched);
  const underWay = await eachAsked(db, today, asked, (deal) => tally.add(deal, sizeOf(deal)));
  return { tally, underWay };
}

/** Hands over each of the asked deals; none, and how far they have come, while outcomes are still on their way. */
export async function eachAsked(
  db: Db,
  today: Day,
  { from, to, model, look }: z.output<typeof liftInput>,
  take: (deal: ClosedDeal) => void,
): Promise<Judged | null> {
  refuseBackward({ from, to });
  const [seen, looked] = await Promise.all([seenThrough(db, today, model), lookOf(db, look, today)]);
  if (seen.underWay) return seen.underWay;
  const asked = { today, from, to, model: seen.kept, narrowing: looked?.narrowing };
  for await (const batch of eachClosed(db, asked))
    for (const deal of batch) take({ ...deal, attribution: seen.outcomes?.get(deal.id) ?? deal.attribution });
  return null;
}

/** Where a deal's outcome is from: its own judgement, a kept lens, deals looked through now, or none of them yet. */
interface Seen {
  kept?: Model;
  outcomes?: ReadonlyMap<string, Outcome>;
  underWay?: Judged;
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

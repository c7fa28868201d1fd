import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Stage } from "@/lib/attribution/vocabulary";
import { judgedUnder } from "@/lib/judging/judged-under";
import { sightingOf } from "@/lib/metrics/landmark";
import { type Lift, LiftTally } from "@/lib/metrics/lift";
import { closingSizes } from "./closing-sizes";
import { refuseBackward } from "./span";

/** Which deals are compared, and from which stage on. */
export interface LiftAsked {
  stage: Stage;
  /** Closed on or after it; from the first when absent. */
  from?: Day;
  /** Closed on or before it; to the day of the facts when absent. */
  to?: Day;
  /** Judge under this, storing nothing. */
  policy?: Policy;
  /** Judge as of this day. */
  asOf: Day;
}

/**
 * What `npm run lift` prints: deals with a partner beside those without, plainly and from the landmark, each deal
 * judged for the occasion and let go of; nothing is stored. Source: domain.md §7, "Lift without the halo".
 */
export async function printedLift(db: Db, { stage, from, to, policy, asOf }: LiftAsked): Promise<Lift> {
  refuseBackward({ from, to });
  const sizeOf = await closingSizes(db);
  const tally = new LiftTally(stage);
  for await (const batch of judgedUnder(db, { policy, asOf })) {
    for (const { deal, facts } of batch) {
      const { closedOn } = deal;
      if (closedOn === null || (from && closedOn < from) || (to && closedOn > to)) continue;
      tally.add({ ...deal, sighting: sightingOf(facts) }, sizeOf({ ...deal, closedOn }));
    }
  }
  return tally.result();
}

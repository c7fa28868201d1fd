import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import { contestedFacts } from "@/lib/attribution/contested";
import type { Day } from "@/lib/attribution/facts";
import type { GrayCode } from "@/lib/attribution/vocabulary";
import { loadFacts } from "./facts";
import type { PolicyBook } from "./policy-book";
import { type Recorder, recordersOf } from "./recorders";

/** A case, as far as asking for its records goes. */
export interface OfCase {
  id: string;
  dealId: string;
  kind: GrayCode | "other";
  partnerId: string | null;
  /** As stored when it was opened. */
  facts: unknown;
}

/**
 * What is contested in each case, by its id: the records that made it gray when it was opened, and those
 * that came since, each with who recorded it. A few statements for any number of cases.
 */
export async function contestedOf(
  db: Db,
  cases: readonly OfCase[],
  today: Day,
  policies: PolicyBook,
): Promise<Map<string, Recorder[]>> {
  const dealIds = [...new Set(cases.map(({ dealId }) => dealId))];
  const loaded = await loadFacts(db, dealIds, today, { cohorts: "judged" });
  const judged = new Map(
    loaded.map((facts) => {
      const { policy } = policies.judging(facts.deal, today);
      return [facts.deal.id, { facts, policy, result: classify(policy, facts) }];
    }),
  );
  const idsOf = new Map(
    cases.map(({ id, dealId, kind, partnerId, facts: opened }) => {
      const { ids = [] } = opened as { ids?: string[] };
      const now = judged.get(dealId);
      const since = now ? contestedFacts(kind, now.facts, now, partnerId ?? undefined) : [];
      return [id, [...new Set([...ids, ...since])].sort()];
    }),
  );
  const recorders = await recordersOf(db, [...idsOf.values()].flat());
  return new Map([...idsOf].map(([id, ids]) => [id, ids.flatMap((one) => recorders.get(one) ?? [])]));
}

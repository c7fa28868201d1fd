import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day } from "@/lib/attribution/facts";
import type { Result } from "@/lib/attribution/result";
import type { DealOutcome } from "@/lib/attribution/vocabulary";
import { readShares } from "./cohorts";
import { readDocuments, setMedians } from "./facts";
import type { PolicyBook } from "./policy-book";

/** How a deal stands: what it is, and the answer about it. */
export interface Stand {
  account: string | null;
  state: DealOutcome;
  result: Result;
}

/**
 * How deals stand in this transaction, by id: judged as the judge does, under the policy of their day (§5),
 * and written nowhere. Unknown ids are passed over.
 */
export async function standOf(
  db: Db,
  dealIds: readonly string[],
  asOf: Day,
  policies: PolicyBook,
): Promise<Map<string, Stand>> {
  const loaded = await readDocuments(db, dealIds, asOf);
  const documents = loaded.map(({ facts }) => facts);
  if (policies.comparesCohorts) setMedians(documents, asOf, await readShares(db, documents, []));
  return new Map(
    loaded.map(({ facts, account }) => {
      const { id, outcome } = facts.deal;
      const { policy } = policies.judging(facts.deal, asOf);
      return [id, { account, state: outcome, result: classify(policy, facts) }];
    }),
  );
}

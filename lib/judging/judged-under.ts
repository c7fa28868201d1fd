import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import { type ProjectedDeal, projectDeal } from "@/lib/metrics/projected-deal";
import { eachLoaded } from "./facts";
import { asksForCohort, draftBook, policyBook } from "./policy-book";

/** A deal judged without storing anything. */
export interface JudgedUnder {
  deal: ProjectedDeal;
  facts: Facts;
  result: Result;
  policyHash: string;
}

/**
 * Every deal judged as of a day, in order of id, a batch at a time; nothing is stored. Without a policy
 * each is judged by the company's own of its day (§5); with one, all are judged by that.
 */
export async function* judgedUnder(
  db: Db,
  { policy, asOf }: { policy?: Policy; asOf: Day },
): AsyncGenerator<JudgedUnder[]> {
  const book = policy ? draftBook(policy) : await policyBook(db);
  const cohorts = policy ? asksForCohort(policy) : book.comparesCohorts;
  for await (const batch of eachLoaded(db, { asOf, cohorts })) {
    yield batch.map(({ facts, account, owner, noPartnerOn }) => {
      const { policy: binding, hash: policyHash } = book.judging(facts.deal, asOf);
      const result = classify(binding, facts);
      const deal = projectDeal({ facts, result, policyHash, account, owner, noPartnerOn });
      return { deal, facts, result, policyHash };
    });
  }
}

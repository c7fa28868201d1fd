import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import { eachLoaded } from "@/lib/judging/facts";
import { asksForCohort, draftBook, policyBook } from "@/lib/judging/policy-book";
import { type ProjectedDeal, projectDeal } from "@/lib/metrics/projected-deal";
import type { DealSource } from "../deals/deal-source";

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

/** A deal behind a number, as a pack lists it. */
export type BehindDeal = Pick<
  ProjectedDeal,
  | "id"
  | "account"
  | "owner"
  | "amount"
  | "currency"
  | "type"
  | "route"
  | "createdOn"
  | "closedOn"
  | "outcome"
  | "attribution"
  | "evidence"
  | "confirmedBeforeClose"
  | "engagedOn"
>;

/** The deals that a quarter's numbers depend on (§7), of the living or of a seal, in order of id. */
export async function dealsOfQuarter(
  db: Db,
  { table }: DealSource,
  { from, to }: { from: Day; to: Day },
): Promise<BehindDeal[]> {
  const rows = await db.execute<BehindDeal & Record<string, unknown>>(sql`
    select d.deal_id as id, d.account, d.owner, d.amount::float8 as amount, d.currency, d.type::text as type,
      d.route::text as route, d.created_on::text as "createdOn", d.closed_on::text as "closedOn",
      d.state::text as outcome, d.outcome::text as attribution, d.evidence::text as evidence,
      d.confirmed_before_close as "confirmedBeforeClose", d.engaged_on::text[] as "engagedOn"
    from ${table} d
    where d.created_on between ${from}::date and ${to}::date or d.closed_on between ${from}::date and ${to}::date
      or (d.created_on <= ${to}::date and (d.closed_on is null or d.closed_on > ${to}::date))
    order by d.deal_id`);
  return [...rows];
}

import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import { eachFacts } from "@/lib/judging/facts";
import { asksForCohort, draftBook, policyBook } from "@/lib/judging/policy-book";
import type { JudgedDeal } from "@/lib/metrics/judged-deal";

/** A deal judged without storing anything. */
export interface JudgedUnder {
  deal: JudgedDeal;
  facts: Facts;
  result: Result;
  policyHash: string;
}

/**
 * Whether a closed deal's attribution was confirmed by its close (§8.3, §8.7): "no partner involved" was
 * said by then, or every role row recorded by then was confirmed by then and there is one.
 */
export const CONFIRMED_BEFORE_CLOSE = sql`coalesce(d.closed_on is not null and (
  d.no_partner_on <= d.closed_on or (
    select bool_and(coalesce(r.confirmed_on <= d.closed_on, false)) from role_rows r
    where r.deal_id = d.id and r.recorded_on <= d.closed_on)), false)`;

/** The days of a deal's activities, for the review's engagement. */
const ENGAGED_ON = sql`array(select a.occurred_on::text from activities a where a.deal_id = d.id)`;

interface Row extends Record<string, unknown>, Omit<JudgedDeal, "amount"> {
  amount: string;
}

/**
 * The deals as they are judged now, from the projection, which whoever asks keeps as of `today`. A deal
 * that closes later is still open, as facts have it.
 *
 * @param among a condition on `d`, the deals
 * @param options.engagement also the days of their activities
 */
export async function judgedDeals(
  db: Db,
  today: Day,
  among: SQL = sql`true`,
  { engagement = false }: { engagement?: boolean } = {},
): Promise<JudgedDeal[]> {
  const rows = await db.execute<Row>(sql`
    select d.id, d.owner, d.amount::text as amount, d.currency, d.type::text as type,
      d.route::text as route, d.created_on::text as "createdOn",
      case when d.closed_on <= ${today}::date then d.closed_on::text end as "closedOn",
      case when d.closed_on <= ${today}::date then d.outcome::text else 'open' end as outcome,
      o.outcome::text as attribution, ${CONFIRMED_BEFORE_CLOSE} as "confirmedBeforeClose"
      ${engagement ? sql`, ${ENGAGED_ON} as "engagedOn"` : sql``}
    from deals d join deal_outcomes o on o.deal_id = d.id
    where (d.created_on <= ${today}::date or d.closed_on <= ${today}::date) and ${among}`);
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
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
  for await (const batch of eachFacts(db, { asOf, cohorts })) {
    const more = await readUnjudged(
      db,
      batch.map(({ deal }) => deal.id),
    );
    yield batch.map((facts) => {
      const { id, amount, currency, type, route, createdOn, closedOn, outcome } = facts.deal;
      const { policy: binding, hash } = book.inForce(closedOn ?? asOf);
      const result = classify(binding, facts);
      const { owner, confirmedBeforeClose } = more.get(id) ?? { owner: "", confirmedBeforeClose: false };
      const deal = { id, amount, currency, type, route, createdOn, closedOn, outcome };
      return {
        deal: {
          ...deal,
          owner,
          attribution: result.outcome,
          confirmedBeforeClose: confirmedBeforeClose && closedOn !== null,
        },
        facts,
        result,
        policyHash: hash,
      };
    });
  }
}

/** What numbers know of deals and judging does not ask for. */
async function readUnjudged(db: Db, ids: readonly string[]) {
  const rows = await db.execute<{ id: string; owner: string; confirmedBeforeClose: boolean }>(sql`
    select d.id, d.owner, ${CONFIRMED_BEFORE_CLOSE} as "confirmedBeforeClose"
    from deals d where d.id = any(${sql.param(ids)}::text[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

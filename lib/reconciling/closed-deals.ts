import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Tx } from "@/db/connection/transaction";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { Result } from "@/lib/attribution/result";
import { readShares } from "@/lib/judging/cohorts";
import { readDocuments, setMedians } from "@/lib/judging/facts";
import { policyBook } from "@/lib/judging/policy-book";
import { type Reconciled, reconcile, toldOfClosed } from "@/lib/judging/reconciled";

/** A closed deal beside what is found on it. */
export interface ClosedDeal extends Reconciled {
  id: string;
  demo: boolean;
  facts: Facts;
  result: Result;
  account: string | null;
  owner: string;
  noPartner: boolean;
  version: number;
}

interface Row extends Record<string, unknown> {
  id: string;
  version: number;
  demo: boolean;
}

const BATCH = 500;

/**
 * Closed deals as of `today`, in order of close and id, judged as they stand: what is found on each and how it is
 * decided. What a month is counted by, judging keeps of it (month-counts.ts).
 *
 * @param where a condition on the columns of `d`, the deals
 */
export async function readClosedDeals(db: Db | Tx, today: Day, where: SQL): Promise<ClosedDeal[]> {
  const rows = [
    ...(await db.execute<Row>(sql`
      select d.id, d.version, d.demo from deals d
      where d.outcome <> 'open' and d.closed_on <= ${today}::date and ${where}
      order by d.closed_on, d.id`)),
  ];
  const closed: ClosedDeal[] = [];
  for (let from = 0; from < rows.length; from += BATCH)
    closed.push(...(await lookAt(db, today, rows.slice(from, from + BATCH))));
  return closed;
}

async function lookAt(db: Db | Tx, today: Day, rows: readonly Row[]): Promise<ClosedDeal[]> {
  const ids = rows.map(({ id }) => id);
  const [book, loaded] = await Promise.all([
    policyBook(db),
    readDocuments(db, ids, today, [toldOfClosed(ids)]),
  ]);
  if (book.comparesCohorts) {
    const documents = loaded.map(({ facts }) => facts);
    setMedians(documents, today, await readShares(db, documents, []));
  }
  const judged = loaded.map((one) => {
    const { policy } = book.judging(one.facts.deal, today);
    return { loaded: one, policy, result: classify(policy, one.facts) };
  });
  const reconciled = await reconcile(db, judged);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return judged.flatMap(({ loaded: { facts, account, owner, noPartnerOn }, result }, at) => {
    const found = reconciled[at];
    if (!found) return [];
    const noPartner = noPartnerOn !== null && noPartnerOn <= today;
    return { ...byId.get(facts.deal.id)!, ...found, facts, result, account, owner, noPartner };
  });
}

import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { menuOf } from "@/lib/attribution/menu";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import { loadFacts } from "@/lib/judging/facts";
import { policyBook } from "@/lib/judging/policy-book";
import { factNames } from "../deal/fact-names";

/** A deal's facts with what the heart says of them. */
export interface DealRead {
  facts: Facts;
  policy: Policy;
  result: Result;
  /** Fact id → what people call it. */
  names: Record<string, string>;
}

/** By deal id, nothing of deals that are gone; and by fact id, of what disputes lack, who recorded it. */
export interface FactsRead {
  deals: ReadonlyMap<string, DealRead>;
  stored: ReadonlyMap<string, StoredFact>;
}

export const NO_FACTS: FactsRead = { deals: new Map(), stored: new Map() };

/** The facts of some deals as of today, judged: explanations are computed when asked (§6), for the few that are shown. */
export async function readFacts(db: Db, dealIds: readonly string[], today: Day): Promise<FactsRead> {
  if (dealIds.length === 0) return NO_FACTS;
  const [documents, book] = await Promise.all([
    loadFacts(db, [...new Set(dealIds)], today, { cohorts: "judged" }),
    policyBook(db),
  ]);
  const deals = documents.map((facts) => {
    const { policy } = book.judging(facts.deal, today);
    return { facts, policy, result: classify(policy, facts), names: factNames(facts, menuOf(policy)) };
  });
  const lacking = deals.flatMap(({ result }) =>
    result.partners.flatMap(({ missing }) => missing.map(({ factId }) => factId)),
  );
  return {
    deals: new Map(deals.map((deal) => [deal.facts.deal.id, deal])),
    stored: await readStored(db, lacking),
  };
}

/** Who recorded a fact and how it stands, as its guard asks. */
export interface StoredFact extends Record<string, unknown> {
  id: string;
  of: "role" | "activity" | "registration";
  recordedBy: string | null;
  changedBy: string | null;
  recordedOn: Day;
  confirmedOn: Day | null;
  refusedOn: Day | null;
  vouchedOn: Day | null;
  decidedOn: Day | null;
}

/** Facts of any kind by id. */
async function readStored(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, StoredFact>> {
  if (ids.length === 0) return new Map();
  const wanted = sql`any(${sql.param(ids)}::text[])`;
  const rows = await db.execute<StoredFact>(sql`
    select id, 'role' as of, recorded_by as "recordedBy", changed_by as "changedBy", recorded_on::text as "recordedOn",
      confirmed_on::text as "confirmedOn", refused_on::text as "refusedOn", null as "vouchedOn", null as "decidedOn"
    from role_rows where id = ${wanted}
    union all select id, 'activity', recorded_by, changed_by, recorded_on::text, null, null, vouched_on::text, null
    from activities where id = ${wanted}
    union all select id, 'registration', recorded_by, null, recorded_on::text, null, null, null, decided_on::text
    from registrations where id = ${wanted}`);
  return new Map([...rows].map((row) => [row.id, row]));
}

import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { projectDeal } from "@/lib/metrics/projected-deal";
import {
  HEADLINE_METRICS,
  metricOf,
  type QuarterNumbers,
  quarterNumbers,
} from "@/lib/metrics/quarter-numbers";
import { QuarterTally } from "@/lib/metrics/tally";
import type { Value } from "@/lib/metrics/value";
import {
  type CorrectedNumber,
  type Correction,
  type Glance,
  isOfQuarter,
  type Journal,
  type SealedDocument,
  sealedCounting,
} from "./seal";
import { eachSealedDeal, readSeals, type Seal } from "./seals";

interface Row extends Record<string, unknown>, Omit<Correction, "sealed" | "corrected"> {
  was: string | null;
  is: string | null;
}

/** The corrections that a quarter's journal holds, oldest first, and what they make of the quarters they correct. */
export async function readJournal(db: Db, journal: string): Promise<Journal> {
  const rows = await db.execute<Row>(sql`
    select r.id, r.quarter, r.deal_id as "dealId", r.kind, r.reason, r.accepted_on::text as "acceptedOn",
      (select json_build_object('id', u.id, 'name', u.name) from users u where u.id = r.proposed_by) as "proposedBy",
      (select json_build_object('id', u.id, 'name', u.name) from users u where u.id = r.accepted_by) as "acceptedBy",
      s.document as was, r.document as is
    from restatements r left join sealed_deals s on s.quarter = r.quarter and s.deal_id = r.deal_id
    where r.journal = ${journal} order by r.accepted_at, r.id`);
  const quarters = [...new Set([...rows].map(({ quarter }) => quarter))].sort();
  const seals = await readSeals(db, quarters);
  const numbers: CorrectedNumber[] = [];
  for (const seal of seals.values()) numbers.push(...(await correctedNumbers(db, seal, journal)));
  return {
    rows: [...rows].map(({ was, is, ...row }) => ({ ...row, sealed: glance(was), corrected: glance(is) })),
    numbers,
  };
}

function glance(text: string | null): Glance | null {
  if (text === null) return null;
  const { account, facts, result } = JSON.parse(text) as SealedDocument;
  const { amount, currency } = facts.deal;
  return { account, amount, currency, outcome: result.outcome };
}

/** The documents that were accepted for a frozen quarter's deals up to a journal, the last of each; null: gone. */
export async function acceptedDocuments(
  db: Db,
  quarter: string,
  upTo: string | null = null,
): Promise<Map<string, string | null>> {
  const rows = await db.execute<{ id: string; document: string | null }>(sql`
    select distinct on (deal_id) deal_id as id, document from restatements
    where quarter = ${quarter} and accepted_at is not null and (${upTo}::text is null or journal <= ${upTo})
    order by deal_id, accepted_at desc`);
  return new Map([...rows].map(({ id, document }) => [id, document]));
}

/** Counts the quarter again from its seal with the accepted documents in place of the sealed ones. */
async function correctedNumbers(db: Db, seal: Seal, upTo: string): Promise<CorrectedNumber[]> {
  const { header, quarter: label } = seal;
  const { quarter } = header;
  const accepted = await acceptedDocuments(db, label, upTo);
  const counting = sealedCounting(header);
  const tally = new QuarterTally(quarter, counting.rates);
  const add = (text: string) => {
    const document = JSON.parse(text) as SealedDocument;
    if (isOfQuarter(document.facts.deal, quarter)) tally.add(projectDeal(document));
  };
  for await (const batch of eachSealedDeal(db, label))
    for (const { dealId, document } of batch) if (!accepted.has(dealId)) add(document);
  for (const document of accepted.values()) if (document !== null) add(document);
  const corrected = quarterNumbers({ ...counting, tally }, quarter);
  return HEADLINE_METRICS.flatMap((metric) => {
    const valuesOf = (numbers: QuarterNumbers) => numbers[metric] as unknown as Record<string, Value>;
    return Object.entries(metricOf(metric).figures).flatMap(([figure, { name, unit }]) => {
      const [was, is] = [valuesOf(header.numbers)[figure], valuesOf(corrected)[figure]];
      if (was === undefined || is === undefined || JSON.stringify(was) === JSON.stringify(is)) return [];
      return [{ quarter: label, metric, figure, name, unit, sealed: was, corrected: is }];
    });
  });
}

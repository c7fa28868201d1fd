import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import type { Quarter } from "@/lib/calendar";
import { judgedAt, knownAt } from "@/lib/judging/known-at";
import { namesBut, PROJECTION_TYPES, rowOf } from "@/lib/judging/projection-row";
import { type Narrowing, narrowed } from "@/lib/metrics/narrowing";
import type { ProjectedDeal } from "@/lib/metrics/projected-deal";
import type { Look } from "../numbers/look";
import { type DealSource, livingDeals, sourceOf, UNEXPECTED } from "./deal-source";

/** The source of a quarter's numbers as they are looked at: narrowed, or as a past day had them. Of a moment before its freeze no seal is one. */
export async function lookedSource(
  db: Db,
  quarter: Quarter,
  { narrowing, moment }: Look,
): Promise<DealSource> {
  const source = await sourceOf(db, quarter.label);
  const isSealed = source.seal !== null && (moment === null || isBy(source.seal.at, moment.at));
  if (moment === null || isSealed)
    return narrowing ? { ...source, table: narrowedTable(source.table, narrowing) } : source;
  const rows: ProjectedDeal[] = [];
  for await (const batch of judgedAt(await knownAt(db, moment), quarter))
    for (const deal of batch) {
      const counted = narrowing ? narrowed(deal, narrowing) : deal;
      // Its own outcome is shown; only what it counts as is the narrowing's.
      if (counted) rows.push({ ...deal, countsAs: counted.countsAs });
    }
  return { ...livingDeals(db), table: tableOf(rows), past: true };
}

/** Whether a seal was made by a moment. */
export const isBy = (sealedAt: string, at: string | null) =>
  at !== null && Date.parse(sealedAt) <= Date.parse(at);

const tableOf = (rows: readonly ProjectedDeal[]): SQL => sql`(
  select *, ${UNEXPECTED} from json_to_recordset(${JSON.stringify(rows.map(rowOf))}::text::json) as r (deal_id text collate "C", ${PROJECTION_TYPES}))`;

/** A source's deals as lib/metrics/narrowing.ts narrows them, said in SQL. */
export function narrowedTable(table: SQL, narrowing: Narrowing): SQL {
  const { partners } = narrowing;
  const where = isAmong(narrowing);
  if (!partners) return sql`(select * from ${table} d where ${where})`;
  return sql`(
    select d.deal_id, ${namesBut("d", "counts_as")}, d.expected_on, d.closes_soon, o.outcome || '/' || split_part(d.counts_as, '/', 2) || '/'
      || split_part(d.counts_as, '/', 3) || '/' || split_part(d.counts_as, '/', 4) || '/' || coalesce(o.evidence, 'none') as counts_as
    from ${table} d cross join lateral (
      select p ->> 'outcome' as outcome, p ->> 'evidence' as evidence from jsonb_array_elements(d.partners) p
      where p ->> 'id' = ${any(partners)}
      order by array_position(${sql.param(OUTCOMES)}::text[], p ->> 'outcome') limit 1) o
    where ${where})`;
}

const any = (values: ReadonlySet<string>) => sql`any(${sql.param([...values])}::text[])`;

/** That a deal `d` is one of those that a narrowing leaves. */
export const isAmong = ({ owners, partners, type, route }: Narrowing): SQL =>
  sql.join(
    [
      sql`true`,
      ...(owners ? [sql`d.owner = ${any(owners)}`] : []),
      ...(type ? [sql`d.type = ${type}::deal_type`] : []),
      ...(route ? [sql`d.route = ${route}::route`] : []),
      ...(partners ? [sql`d.partner_ids && ${sql.param([...partners])}::text[]`] : []),
    ],
    sql` and `,
  );

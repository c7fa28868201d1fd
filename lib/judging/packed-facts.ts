import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { FactsTable, NEVER } from "@/lib/attribution/columns";
import type { Day } from "@/lib/attribution/facts";
import { PACKED_FORM, Unpacking } from "@/lib/attribution/packed";
import { DEAL_OUTCOMES, DEAL_TYPES } from "@/lib/attribution/vocabulary";
import { dayFromNumber, dayNumber } from "@/lib/calendar";
import { type CohortReader, NO_COHORTS, readCohorts } from "./cohorts";
import { type FactsQuery, readDocuments } from "./facts";

/** Lines a message: half a megabyte or so, judged while the next one is read. */
const BATCH = 4_000;
/** Deals that are read from their facts, at a time. */
const DOCUMENTS = 1_000;
const WON = DEAL_OUTCOMES.indexOf("won");

interface Page extends Record<string, unknown> {
  /** The lines one after the other, and the ids of their deals; null when there are none. */
  lines: string | null;
  ids: string[] | null;
}

/**
 * Streams the deals that were there on `asOf` as `eachFacts` does, in columns: from their packed lines, and from their
 * facts where there is no line, or one that is not of `asOf`. First those, in order of id, then these. The table is
 * the same each time, and is emptied before the next. Whoever stops asking has cancelled it.
 */
export async function* eachTable(
  db: Db,
  { asOf, where, cohorts = true }: Omit<FactsQuery, "batchSize">,
): AsyncGenerator<FactsTable> {
  const asked = sql`(created_on <= ${asOf}::date or closed_on <= ${asOf}::date) and (${where ?? sql`true`})`;
  const table = new FactsTable();
  const unpacking = new Unpacking(table);
  const day = dayNumber(asOf);
  const readMedians = cohorts ? readCohorts(db, asOf) : Promise.resolve(NO_COHORTS);
  const readRest = idsWithoutLine(db, asked, asOf);
  const stale = await staleClause(db, asOf);
  let page = readPage(db, "", asked, asOf, stale);
  // Whoever cancels leaves these to themselves.
  for (const reading of [readMedians, readRest, page]) reading.catch(() => {});
  const medians = await readMedians;
  for (;;) {
    const { lines, ids } = await page;
    if (lines === null || ids === null) break;
    page = readPage(db, ids.at(-1)!, asked, asOf, stale);
    page.catch(() => {});
    table.clear();
    let at = 0;
    for (const id of ids) at = unpacking.read(id, day, lines, at);
    if (cohorts) setMedians(table, medians);
    yield table;
  }
  const rest = await readRest;
  for (let from = 0; from < rest.length; from += DOCUMENTS) {
    const documents = await readDocuments(db, rest.slice(from, from + DOCUMENTS), asOf);
    table.clear();
    for (const { facts } of documents) table.add(facts);
    if (cohorts) setMedians(table, medians);
    yield table;
  }
}

/** The lines that are of `asOf`: written by then, and of a deal that time alone has not changed since. */
export const isOf = (asOf: Day) => sql`p.form = ${PACKED_FORM} and p.as_of <= ${asOf}::date`;
const isStale = (id: SQL, asOf: Day) => sql`exists (
  select from judged_deals j where j.deal_id = ${id} and j.stale_on <= ${asOf}::date)`;

/** Asks of each line whether it is stale, where any is: the day's first read judges them, so that mostly none is. */
async function staleClause(db: Db, asOf: Day): Promise<SQL> {
  const [found] = await db.execute<{ any: boolean }>(
    sql`select exists (select from judged_deals where stale_on <= ${asOf}::date) as any`,
  );
  return found?.any ? sql`and not ${isStale(sql`p.deal_id`, asOf)}` : sql``;
}

async function readPage(db: Db, after: string, asked: SQL, asOf: Day, stale: SQL): Promise<Page> {
  const [page] = await db.execute<Page>(sql`
    select string_agg(line, '' order by deal_id) as lines, array_agg(deal_id order by deal_id) as ids
    from (select deal_id, line from packed_facts p
      where deal_id > ${after} and ${isOf(asOf)} and ${asked} ${stale}
      order by deal_id limit ${BATCH}) p`);
  return page!;
}

async function idsWithoutLine(db: Db, asked: SQL, asOf: Day): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from deals d where ${asked}
      and not exists (select from packed_facts p where p.deal_id = d.id and ${isOf(asOf)})
    union
    select id from deals d where ${asked}
      and id in (select deal_id from judged_deals where stale_on <= ${asOf}::date)
    order by id`);
  return [...rows].map(({ id }) => id);
}

/** Whether the deal at that place can be compared with its cohort: won, with somebody on it (§4 accelerated). */
export const isCompared = (table: FactsTable, deal: number): boolean =>
  table.state[deal] === WON && table.firstPartner[deal] !== table.firstPartner[deal + 1];

/** Gives the deals that can be compared the medians of their cohorts. */
function setMedians(table: FactsTable, medians: CohortReader): void {
  for (let deal = 0; deal < table.deals; deal++) {
    const closedOn = table.closedOn[deal]!;
    if (!isCompared(table, deal) || closedOn === NEVER) continue;
    const type = DEAL_TYPES[table.type[deal]!]!;
    const currency = table.words.list[table.currency[deal]!]!;
    const of = { type, currency, amount: table.amount[deal]! };
    table.medianCycleDays[deal] = medians(of, dayFromNumber(closedOn)) ?? Number.NaN;
  }
}

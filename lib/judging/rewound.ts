import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Db } from "@/db/connection/client";
import { membershipOf } from "@/db/partner-programs";
import { deals, stageEntries } from "@/db/schema/deals";
import { activities, registrations, roleRows, rulings } from "@/db/schema/facts";
import { costs, rates } from "@/db/schema/finance";
import { imports } from "@/db/schema/imports";
import { partnerParents, partnerPrograms, partners } from "@/db/schema/partners";
import type { Day } from "@/lib/attribution/facts";
import {
  type Logged,
  type LoggedProgram,
  type Row,
  rewindEntries,
  rewindPrograms,
  rewindRows,
} from "./rewind";

/** The tables that facts are read from, by the kind that the audit log calls their rows. */
const TABLES = {
  deal: deals,
  role_row: roleRows,
  activity: activities,
  registration: registrations,
  ruling: rulings,
  partner: partners,
  import: imports,
} as const;
type Kind = keyof typeof TABLES;
/** Those that go with their deal when it is removed, without an entry of their own. */
const ON_DEALS: readonly string[] = ["role_row", "activity", "registration", "stage_entry"];

/**
 * The facts as they stood at an instant, to be read by the statements that read what stands now: rows that were
 * written since are replaced by what the audit log says stood before, whichever statement asks. It only executes; what
 * is dated later than the instant's day is the statement's to leave out, as ever.
 *
 * @param at ISO 8601
 * @param day the company's, of the instant
 */
export async function rewoundTo(db: Db, at: string, day: Day): Promise<Db> {
  const logged = await loggedSince(db, at);
  const replaced: SQL[] = [];
  const current = new Map<Kind, Map<string, Row>>();
  for (const kind of Object.keys(TABLES) as Kind[]) {
    const entries = logged.filter(({ subjectKind }) => subjectKind === kind);
    if (entries.length > 0) current.set(kind, await rowsOf(db, TABLES[kind], idsIn(entries)));
  }
  const stood = new Map(
    [...current].map(([kind, rows]) => [kind, rewindRows(rows, named(logged, kind, TABLES[kind]))] as const),
  );
  const removed = [...(stood.get("deal") ?? [])].filter(
    ([id, row]) => row !== null && !current.get("deal")!.has(id),
  );
  const before = await loggedUntil(
    db,
    at,
    removed.map(([id]) => id),
  );
  for (const kind of Object.keys(TABLES) as Kind[]) {
    const rows = new Map(stood.get(kind));
    for (const [id, row] of replayed(named(before, kind, TABLES[kind]))) if (!rows.has(id)) rows.set(id, row);
    if (rows.size > 0) replaced.push(replacing(TABLES[kind], sql`id`, rows));
  }
  replaced.push(...(await stageEntriesOf(db, logged, before)), ...(await programsOf(db, logged)));
  replaced.push(
    sql`partner_parents as not materialized (select * from ${partnerParents} where until_day <= ${day}::date)`,
  );
  const known = sql.join(replaced, sql`, `);
  return {
    execute: (statement: SQL) => db.execute(sql`with ${known} select * from (${statement}) rewound`),
  } as unknown as Db;
}

/** Costs and rates of some quarters as they were entered by an instant, under the keys that they have now. */
export async function financeBy(
  db: Db,
  at: string,
  quarters: readonly string[],
): Promise<{ costs: (typeof costs.$inferSelect)[]; rates: (typeof rates.$inferSelect)[] }> {
  const logged = (await loggedSince(db, at, ["cost", "rate"])).filter(
    // What was said to have no cost is of the same kind, and no amount.
    ({ before, after }) => "currency" in { ...before, ...after },
  );
  const among = sql`quarter = any(${sql.param(quarters)}::text[])`;
  const keyed = <T extends Row>(rows: readonly T[], key: (row: T) => string) =>
    new Map<string, Row>(rows.map((row) => [key(row), row]));
  const costRows = await db.select().from(costs).where(among);
  const rateRows = await db.select().from(rates).where(among);
  const of = (kind: string, rows: Map<string, Row>) =>
    [
      ...rows,
      ...rewindRows(
        rows,
        logged.filter(({ subjectKind }) => subjectKind === kind),
      ),
    ].reduce((all, [key, row]) => all.set(key, row), new Map<string, Row | null>());
  const standing = (rows: Map<string, Row | null>) =>
    [...rows.values()].filter((row): row is Row => row !== null && quarters.includes(String(row.quarter)));
  return {
    costs: standing(
      of(
        "cost",
        keyed(costRows, (row) => `${row.quarter} ${row.side} ${row.category} ${row.currency}`),
      ),
    ) as never,
    rates: standing(
      of(
        "rate",
        keyed(rateRows, (row) => `${row.quarter} ${row.currency}`),
      ),
    ) as never,
  };
}

const LOGGED: readonly string[] = [...Object.keys(TABLES), "stage_entry", "partner_program"];

/** What was written after an instant, the latest first. */
async function loggedSince(db: Db, at: string, kinds = LOGGED): Promise<Logged[]> {
  const rows = await db.execute<Logged & Record<string, unknown>>(sql`
    select subject_kind as "subjectKind", subject_id as "subjectId", deal_id as "dealId", before, after
    from audit_entries where at > ${at}::timestamptz and subject_kind = any(${sql.param(kinds)}::text[]) order by id desc`);
  return [...rows];
}

/** What was written about some deals by an instant, the earliest first. */
async function loggedUntil(db: Db, at: string, dealIds: readonly string[]): Promise<Logged[]> {
  if (dealIds.length === 0) return [];
  const rows = await db.execute<Logged & Record<string, unknown>>(sql`
    select subject_kind as "subjectKind", subject_id as "subjectId", deal_id as "dealId", before, after
    from audit_entries where at <= ${at}::timestamptz and deal_id = any(${sql.param(dealIds)}::text[])
      and subject_kind = any(${sql.param(ON_DEALS)}::text[]) order by id`);
  return [...rows];
}

const idsIn = (entries: readonly Logged[]) => [
  ...new Set(
    entries.flatMap(({ subjectId, before }) => [subjectId, ...(before?.id ? [String(before.id)] : [])]),
  ),
];

async function rowsOf(db: Db, table: PgTable, ids: readonly string[]): Promise<Map<string, Row>> {
  const rows = await db.execute<{ id: string; row: Row }>(
    sql`select id, to_jsonb(t) as row from ${table} t where id = any(${sql.param(ids)}::text[])`,
  );
  return new Map([...rows].map(({ id, row }) => [id, row]));
}

/** The entries of a kind with their sides under the names that the columns have in the database. */
function named(logged: readonly Logged[], kind: string, table: PgTable): Logged[] {
  const columns = getTableColumns(table);
  const side = (row: Row | null) =>
    row &&
    Object.fromEntries(
      Object.entries(row).flatMap(([key, value]) => (columns[key] ? [[columns[key].name, value]] : [])),
    );
  return logged
    .filter(({ subjectKind }) => subjectKind === kind)
    .map((entry) => ({ ...entry, before: side(entry.before), after: side(entry.after) }));
}

/** What entries left, from the first to the last. */
function replayed(entries: readonly Logged[]): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const { subjectId, after, before } of entries) {
    const stood = rows.get(String(before?.id ?? subjectId));
    if (before?.id) rows.delete(String(before.id));
    if (after) rows.set(subjectId, { ...stood, ...after });
    else rows.delete(subjectId);
  }
  return rows;
}

/** A table under its own name, with what stood in the place of the rows that were written since. */
function replacing(table: PgTable, key: SQL, rows: ReadonlyMap<string, Row | readonly Row[] | null>): SQL {
  const name = sql.identifier(getTableName(table));
  const stood = [...rows.values()].flat().filter((row) => row !== null);
  return sql`${name} as not materialized (
    select * from ${table} where ${key} <> all(${sql.param([...rows.keys()])}::text[])
    union all
    select * from jsonb_populate_recordset(null::${name}, ${JSON.stringify(stood)}::text::jsonb))`;
}

/** Entries of stage history have no id of their own, so a deal's are told together. */
async function stageEntriesOf(db: Db, logged: readonly Logged[], before: readonly Logged[]): Promise<SQL[]> {
  const entries = named(logged, "stage_entry", stageEntries);
  const ids = [...new Set([...entries, ...before].flatMap(({ dealId }) => dealId ?? []))];
  if (ids.length === 0) return [];
  const rows = await db.execute<{ id: string; row: Row }>(
    sql`select deal_id as id, to_jsonb(t) as row from ${stageEntries} t where deal_id = any(${sql.param(ids)}::text[])
      order by deal_id, seq`,
  );
  const byDeal = new Map<string, Row[]>(ids.map((id) => [id, []]));
  for (const { id, row } of rows) byDeal.get(id)!.push(row);
  const stood = rewindEntries(byDeal, entries);
  for (const [id, list] of rewindEntries(
    new Map(before.flatMap(({ dealId }) => (dealId ? [[dealId, []]] : []))),
    // Forwards is backwards with the sides changed.
    named(before, "stage_entry", stageEntries).map((entry) => ({
      ...entry,
      before: entry.after,
      after: entry.before,
    })),
  ))
    stood.set(id, list);
  return [replacing(stageEntries, sql`deal_id`, stood)];
}

/** Programs are told with their partner by a file, and by themselves by a person. */
async function programsOf(db: Db, logged: readonly Logged[]): Promise<SQL[]> {
  const about = logged.filter(
    ({ subjectKind, before, after }) =>
      subjectKind === "partner_program" || "programs" in { ...before, ...after },
  );
  const idOf = ({ subjectKind, subjectId, before, after }: Logged) =>
    subjectKind === "partner" ? subjectId : String((after ?? before)?.partnerId);
  const ids = [...new Set(about.map(idOf))];
  if (ids.length === 0) return [];
  const rows = await db.execute<{ id: string; row: Row }>(sql`
    select partner_id as id, to_jsonb(t) as row from ${partnerPrograms} t where partner_id = any(${sql.param(ids)}::text[])`);
  const current = new Map<string, Row[]>(ids.map((id) => [id, []]));
  for (const { id, row } of rows) current.get(id)!.push(row);
  const entries = about.map((entry): LoggedProgram => {
    const partnerId = idOf(entry);
    const [own] = named([entry], "partner_program", partnerPrograms);
    if (own) return { partnerId, before: own.before, after: own.after };
    const programs = (entry.before?.programs ?? []) as string[];
    return { partnerId, all: programs.map((text): Row => ({ ...membershipOf(partnerId, text) })) };
  });
  return [replacing(partnerPrograms, sql`partner_id`, rewindPrograms(current, entries))];
}

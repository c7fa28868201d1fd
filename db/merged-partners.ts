import { sql } from "drizzle-orm";
import type { Db } from "./connection/client";
import type { Tx } from "./connection/transaction";

/** What is said of a partner on deals, and goes with its record where it does. Rulings and cases are decisions: they stay. */
const ON_DEALS = [
  { table: "role_rows", kind: "role_row" },
  { table: "registrations", kind: "registration" },
  { table: "activities", kind: "activity" },
  { table: "joint_steps", kind: "joint_step" },
] as const;

/** A row that names one record of a partner, and named the other before. */
export interface MovedRow extends Record<string, unknown> {
  kind: (typeof ON_DEALS)[number]["kind"] | "partner_contact" | "partner";
  id: string;
  dealId: string | null;
}

const each = (branch: (table: ReturnType<typeof sql.identifier>) => ReturnType<typeof sql>) =>
  sql.join(
    ON_DEALS.map(({ table }) => branch(sql.identifier(table))),
    sql` union `,
  );

/** How the deals that name a record take a merge. */
export interface OnDeals {
  /** Open, and nothing names the other record: in order of id. */
  movable: string[];
  /** Open, but both records stand on it, or a case or a ruling names one of them. */
  apart: string[];
  /** Closed: what was claimed by then is locked (§8.3). */
  closed: number;
}

export async function dealsNaming(tx: Tx, mergedId: string, intoId: string): Promise<OnDeals> {
  const rows = await tx.execute<{ id: string; open: boolean; apart: boolean }>(sql`
    select d.id, d.outcome = 'open' as open, d.id in (
        ${each((table) => sql`select deal_id from ${table} where partner_id = ${intoId} and deal_id is not null`)}
        union select deal_id from rulings where partner_id in (${mergedId}, ${intoId})
        union select deal_id from exceptions where partner_id in (${mergedId}, ${intoId})) as apart
    from deals d where d.id in (${each((table) => sql`select deal_id from ${table} where partner_id = ${mergedId}`)}
      union select deal_id from rulings where partner_id = ${mergedId})
    order by d.id`);
  const ids = (wanted: boolean) =>
    rows.flatMap(({ id, open, apart }) => (open && apart === wanted ? [id] : []));
  return { movable: ids(false), apart: ids(true), closed: rows.filter(({ open }) => !open).length };
}

/** Has what names one record on these deals name the other, registrations without a deal too where `loose` says so. */
export async function renameOnDeals(
  tx: Tx,
  { from, to }: { from: string; to: string },
  dealIds: readonly string[],
  loose: boolean,
): Promise<MovedRow[]> {
  const moved: MovedRow[] = [];
  for (const { table, kind } of ON_DEALS) {
    const free = loose && table === "registrations" ? sql`or deal_id is null` : sql``;
    const rows = await tx.execute<{ id: string; dealId: string | null }>(sql`
      update ${sql.identifier(table)} set partner_id = ${to}
      where partner_id = ${from} and (deal_id = any(${sql.param(dealIds)}::text[]) ${free})
      returning id, deal_id as "dealId"`);
    moved.push(...[...rows].map((row) => ({ kind, ...row })));
  }
  return moved;
}

/** Contacts, but for those whose address the other record has; and records that became this one before. */
export async function renameRecords(tx: Tx, { from, to }: { from: string; to: string }): Promise<MovedRow[]> {
  const contacts = await tx.execute<{ id: string }>(sql`
    update partner_contacts c set partner_id = ${to} where partner_id = ${from}
      and not exists (select from partner_contacts o where o.partner_id = ${to} and lower(o.email) = lower(c.email))
    returning id`);
  const before = await tx.execute<{ id: string }>(sql`
    update partners set merged_into = ${to} where merged_into = ${from} returning id`);
  return [
    ...[...contacts].map(({ id }) => ({ kind: "partner_contact" as const, id, dealId: null })),
    ...[...before].map(({ id }) => ({ kind: "partner" as const, id, dealId: null })),
  ];
}

/** The same rows back, each while it still names the record that the merge gave it to. Gives how many did. */
export async function renameBack(
  tx: Tx,
  { from, to }: { from: string; to: string },
  rows: readonly MovedRow[],
): Promise<number> {
  const tables = [
    ...ON_DEALS.map(({ table, kind }) => ({ table, kind, column: "partner_id" })),
    { table: "partner_contacts", kind: "partner_contact", column: "partner_id" },
    { table: "partners", kind: "partner", column: "merged_into" },
  ];
  let back = 0;
  for (const { table, kind, column: name } of tables) {
    const ids = rows.flatMap((row) => (row.kind === kind ? [row.id] : []));
    if (ids.length === 0) continue;
    const column = sql.identifier(name);
    const done = await tx.execute(sql`
      update ${sql.identifier(table)} set ${column} = ${from}
      where id = any(${sql.param(ids)}::text[]) and ${column} = ${to} returning id`);
    back += done.length;
  }
  return back;
}

export async function dealsStillOpen(tx: Tx, ids: readonly string[]): Promise<number> {
  const rows = await tx.execute(sql`
    select from deals where id = any(${sql.param(ids)}::text[]) and outcome = 'open'`);
  return rows.length;
}

/** What each of these records became; those that became none are not among them. */
export async function becameOf(
  db: Pick<Db, "execute">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ id: string; into: string }>(sql`
    select id, merged_into as into from partners
    where id = any(${sql.param(ids)}::text[]) and merged_into is not null`);
  return new Map([...rows].map(({ id, into }) => [id, into]));
}

/** A partner's records: its own, and those that became it. */
export async function recordsOf(db: Pick<Db, "execute">, partnerId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from partners where id = ${partnerId} or merged_into = ${partnerId} order by id`);
  return [...rows].map(({ id }) => id);
}

import { type SQL, sql } from "drizzle-orm";
import type { Kind } from "@/lib/interchange/kinds";
import type { StoredOfKind } from "@/lib/interchange/stored";
import type { Tx } from "./connection/transaction";
import { placeOf } from "./interchange";
import type { MembershipOf } from "./partner-programs";

/** One thing that a file wrote, as the audit log has it: as it was and as the file left it; null: it was not there. */
export interface LoggedChange {
  subjectKind: string;
  subjectId: string;
  dealId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** All that the batches of a file wrote, in the order in which it was written. */
export async function loggedChanges(
  tx: Tx,
  { id, importedBy }: { id: string; importedBy: string },
): Promise<LoggedChange[]> {
  const rows = await tx.execute<LoggedChange & Record<string, unknown>>(sql`
    select subject_kind as "subjectKind", subject_id as "subjectId", deal_id as "dealId", before, after
    from audit_entries l
    where action = 'import-batch' and actor = ${importedBy} and subject_kind <> 'import' and request in (
      select request from audit_log
      where subject_kind = 'import' and subject_id = ${id} and action = 'import-batch')
    order by l.id`);
  return [...rows];
}

/** How a deal stands, and what of others rests on it. */
export interface DealStanding {
  id: string;
  owner: string;
  outcome: "open" | "won" | "lost";
  closedOn: string | null;
  demo: boolean;
  /** What people call it. */
  called: string;
  ruling: string | null;
  undecided: boolean;
  /** The quarter whose seal holds it. */
  frozen: string | null;
  /** Roles, registrations, activities or corrections stand on it. */
  named: boolean;
  /** Its stages were moved by somebody else than the file, or it was said that nobody is involved. */
  moved: boolean;
}

export async function dealsStanding(
  tx: Tx,
  ids: readonly string[],
  importId: string,
): Promise<Map<string, DealStanding>> {
  const on = (table: string) => sql`exists (select from ${sql.identifier(table)} f where f.deal_id = d.id)`;
  const rows = await tx.execute<DealStanding & Record<string, unknown>>(sql`
    select d.id, d.owner, d.outcome, d.closed_on::text as "closedOn", d.demo, coalesce(d.name, d.account, d.id) as called,
      (select r.id from rulings r where r.deal_id = d.id limit 1) as ruling,
      exists (select from exceptions e where e.deal_id = d.id and e.settled_at is null) as undecided,
      (select s.quarter from sealed_deals s where s.deal_id = d.id limit 1) as frozen,
      ${on("role_rows")} or ${on("registrations")} or ${on("activities")} or ${on("corrections")} as named,
      d.no_partner_on is not null or exists (select from stage_entries e
        where e.deal_id = d.id and e.import_id is distinct from ${importId}) as moved
    from deals d where d.id = any(${sql.param(ids)}::text[])`);
  return new Map([...rows].map((row) => [row.id, row]));
}

/** Of role rows and registrations, those that people have answered here beside what a file mirrors. */
export async function answeredHere(tx: Tx, kind: Kind, ids: readonly string[]): Promise<Set<string>> {
  const among = sql`id = any(${sql.param(ids)}::text[])`;
  const found: Partial<Record<Kind, SQL>> = {
    roles: sql`select id from role_rows where ${among} and refused_on is not null`,
    registrations: sql`select id from registrations where ${among} and protected_until is not null`,
  };
  const asked = found[kind];
  if (!asked) return new Set();
  return new Set([...(await tx.execute<{ id: string }>(asked))].map(({ id }) => id));
}

/** Why each of these partners cannot go: what others rest on it, in words. Who else is below it is not among them. */
export async function restingOnPartners(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const names = (table: string) =>
    sql`exists (select from ${sql.identifier(table)} f where f.partner_id = p.id)`;
  const onDeals = ["role_rows", "registrations", "activities", "partner_outcomes", "rulings", "exceptions"];
  const rows = await tx.execute<{ id: string; why: string | null }>(sql`
    select p.id, case
      when ${sql.join([...onDeals, "exception_votes", "exception_notes"].map(names), sql` or `)} then 'it is named on deals'
      when p.merged_into is not null or exists (select from partners m where m.merged_into = p.id)
        then 'it is one of two records that became one'
      when exists (select from partner_contacts c where c.partner_id = p.id and not c.of_file)
        then 'contacts of it were entered here'
      when exists (select from partner_accounts a where a.partner_id = p.id and a.said_by is not null)
        then 'it is in accounts'
      when exists (select from partner_programs g where g.partner_id = p.id and g.granted_by is not null)
        then 'it was taken into a program here' end as why
    from partners p where p.id = any(${sql.param(ids)}::text[])`);
  return new Map([...rows].flatMap(({ id, why }) => (why ? [[id, why]] : [])));
}

/** Who is below these partners. */
export async function childrenOf(tx: Tx, ids: readonly string[]): Promise<{ id: string; above: string }[]> {
  const rows = await tx.execute<{ id: string; above: string }>(sql`
    select id, parent_id as above from partners where parent_id = any(${sql.param(ids)}::text[])`);
  return [...rows];
}

/** The quarters among these that were frozen after the file came: their seals hold what it said. */
export async function frozenSince(tx: Tx, quarters: readonly string[], at: Date): Promise<Set<string>> {
  const rows = await tx.execute<{ quarter: string }>(sql`
    select quarter from sealed_quarters
    where quarter = any(${sql.param(quarters)}::text[]) and sealed_at > ${at.toISOString()}::timestamptz`);
  return new Set([...rows].map(({ quarter }) => quarter));
}

/** What people call partners and deals. */
export async function calledBy(
  tx: Tx,
  { partnerIds, dealIds }: { partnerIds: readonly string[]; dealIds: readonly string[] },
): Promise<Map<string, string>> {
  const rows = await tx.execute<{ id: string; called: string }>(sql`
    select id, name as called from partners where id = any(${sql.param(partnerIds)}::text[])
    union all select id, coalesce(name, account, id) from deals where id = any(${sql.param(dealIds)}::text[])`);
  return new Map([...rows].map(({ id, called }) => [id, called]));
}

/** Deletes rows of a kind by their key, in one statement. */
export async function removeRows<K extends Kind>(
  tx: Tx,
  kind: K,
  rows: readonly StoredOfKind[K][],
): Promise<void> {
  if (rows.length === 0) return;
  const { table, columns, key } = placeOf(kind);
  const fields = Object.entries(columns).filter(([, column]) => key.includes(column));
  const keys = rows.map((row) =>
    Object.fromEntries(fields.map(([field, { name }]) => [name, (row as never)[field]])),
  );
  const typed = key.map((column) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`);
  const same = key.map(({ name }) => sql`${table}.${sql.identifier(name)} = r.${sql.identifier(name)}`);
  await tx.execute(sql`
    delete from ${table} using json_to_recordset(${JSON.stringify(keys)}::text::json) as r (${sql.join(typed, sql`, `)})
    where ${sql.join(same, sql` and `)}`);
}

/** What a file said of memberships goes, and what it ended stands again, whoever had granted it. */
export async function restorePrograms(
  tx: Tx,
  gone: readonly MembershipOf[],
  stands: readonly MembershipOf[],
): Promise<void> {
  const shape = sql`(partner_id text, name text, from_day date, to_day date)`;
  const rows = (list: readonly MembershipOf[]) =>
    sql`json_to_recordset(${JSON.stringify(list)}::text::json) as t ${shape}`;
  await tx.execute(sql`
    delete from partner_programs p using ${rows(gone)}
    where p.partner_id = t.partner_id and p.name = t.name and p.from_day is not distinct from t.from_day`);
  await tx.execute(sql`
    insert into partner_programs (partner_id, name, from_day, to_day)
    select partner_id, name, from_day, to_day from ${rows(stands)}
    on conflict on constraint partner_programs_once do update set to_day = excluded.to_day
      where partner_programs.to_day is distinct from excluded.to_day`);
}

/** Lets partners stand below nobody for a moment: who of them stands below whom is written next. */
export async function withoutParents(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`update partners set parent_id = null where id = any(${sql.param(ids)}::text[])`);
}

/** Says again that nobody was involved in these deals, where nothing names a partner any more. Gives those it did. */
export async function sayNoPartnerAgain(
  tx: Tx,
  said: readonly { dealId: string; noPartnerOn: string; noPartnerBy: string }[],
): Promise<Set<string>> {
  const names = (table: string) =>
    sql`not exists (select from ${sql.identifier(table)} f where f.deal_id = d.id)`;
  const rows = await tx.execute<{ id: string }>(sql`
    update deals d set no_partner_on = s."noPartnerOn", no_partner_by = s."noPartnerBy"
    from json_to_recordset(${JSON.stringify(said)}::text::json) as s
      ("dealId" text, "noPartnerOn" date, "noPartnerBy" text)
    where d.id = s."dealId" and d.outcome = 'open' and d.no_partner_on is null
      and ${names("role_rows")} and ${names("registrations")} and ${names("activities")}
    returning d.id`);
  return new Set([...rows].map(({ id }) => id));
}

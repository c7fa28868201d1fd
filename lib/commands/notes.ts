import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/connection/transaction";
import { auditLog, auditPersonal } from "@/db/schema/audit";
import { deals } from "@/db/schema/deals";
import { setApart } from "@/lib/audit/apart";
import type { Actor } from "@/lib/auth/actor";
import { insertionOf, type Telling, together } from "./telling";

/** What a verb writes down about one thing it wrote. */
export interface AuditEntry {
  subjectKind: "deal" | "stage_entry" | "role_row" | "activity" | "registration" | (string & {});
  subjectId: string;
  dealId: string | null;
  before: unknown;
  after: unknown;
}

type Row = Readonly<Record<string, unknown>>;

/** The columns of a deal that a verb may change; its version the door raises. */
export type DealChanges = Partial<Omit<typeof deals.$inferInsert, "id" | "version" | "createdAt">>;

/**
 * What a verb owes the door: entries of the log, rows to add, whom to tell, deals to raise with what changes in them. All
 * of it is one statement, whatever the number: an import audits thousands of rows at a time.
 */
export class Notes {
  readonly #entries: AuditEntry[] = [];
  readonly #added = new Map<PgTable, Row[]>();
  readonly #touched = new Map<string, DealChanges>();
  readonly #entered = new Set<string>();
  readonly #again = new Set<string>();
  readonly #told: Telling[] = [];

  readonly audit = (entry: AuditEntry): void => void this.#entries.push(entry);

  readonly add = <T extends PgTable>(table: T, row: T["$inferInsert"]): void => {
    const rows = this.#added.get(table) ?? [];
    rows.push(row as Row);
    this.#added.set(table, rows);
  };

  readonly touch = (dealId: string, changes: DealChanges = {}): void =>
    void this.#touched.set(dealId, { ...this.#touched.get(dealId), ...changes });

  readonly enter = (dealId: string): void => void this.#entered.add(dealId);

  readonly again = (dealId: string): void => void this.#again.add(dealId);

  readonly tell = (telling: Telling): void => void this.#told.push(telling);

  get touched(): ReadonlySet<string> {
    return new Set([...this.#touched.keys(), ...this.#entered]);
  }

  /** What is judged before the commit: the touched, and what is judged again. */
  get toJudge(): string[] {
    return [...new Set([...this.touched, ...this.#again])];
  }

  /** Writes all of it down, as done by `actor` with `action` in `request`. */
  async flush(
    tx: Tx,
    { actor, action, request }: { actor: Actor; action: string; request: string },
  ): Promise<void> {
    const parts = [...this.#added].map(([table, rows]) => insertion(table, rows));
    for (const telling of together(this.#told)) parts.push(insertionOf(telling, { actor, request }));
    if (this.#touched.size > 0) parts.push(this.#raising());
    if (this.#entries.length > 0) {
      const { entries, apart } = setApart(this.#entries);
      parts.push(sql`
        insert into ${auditLog} (actor, action, request, deal_id, subject_kind, subject_id, before, after)
        select ${actor.id}, ${action}, ${request}, e."dealId", e."subjectKind", e."subjectId", e.before, e.after
        from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb)
          as e ("dealId" text, "subjectKind" text, "subjectId" text, before jsonb, after jsonb)`);
      if (apart.length > 0)
        parts.push(
          insertion(
            auditPersonal,
            apart.map((one) => ({ ...one })),
          ),
        );
    }
    if (parts.length === 0) return;
    const named = parts.map((part, at) => sql`${sql.raw(`part_${at}`)} as (${part})`);
    await tx.execute(sql`with ${sql.join(named, sql`, `)} select`);
  }

  #raising(): SQL {
    const changed = [...this.#touched].filter(([, changes]) => Object.keys(changes).length > 0);
    const others = [...this.#touched].flatMap(([id, changes]) =>
      Object.keys(changes).length > 0 ? [] : [id],
    );
    if (changed.length === 0)
      return sql`update ${deals} set version = version + 1 where id = any(${sql.param(others)}::text[])`;
    const rows = changed.map(([id, changes]) => ({ id, changes: named(deals, changes) }));
    const columns = [...new Set(rows.flatMap(({ changes }) => Object.keys(changes)))];
    const all = [...rows, ...others.map((id) => ({ id, changes: {} }))];
    return sql`update ${deals} d set (version, ${names(columns)}) = (
        select d.version + 1, ${names(columns, "p")} from json_populate_record(d, r.changes) p)
      from json_to_recordset(${JSON.stringify(all)}::text::json) as r (id text, changes json)
      where d.id = r.id`;
  }
}

/** Rows as their table's own columns read them from JSON; what no row names gets its default. */
function insertion(table: PgTable, rows: readonly Row[]): SQL {
  const written = rows.map((row) => named(table, row));
  const columns = [...new Set(written.flatMap((row) => Object.keys(row)))];
  const type = sql.raw(`"${getTableName(table)}"`);
  return sql`insert into ${table} (${names(columns)})
    select ${names(columns, "r")} from json_populate_recordset(null::${type}, ${JSON.stringify(written)}::text::json) r`;
}

/** A row under the names that its columns have in the database. */
function named(table: PgTable, row: Row): Row {
  const columns = getTableColumns(table);
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [columns[key]!.name, value]),
  );
}

const names = (columns: readonly string[], of?: string): SQL =>
  sql.raw(columns.map((column) => (of ? `${of}."${column}"` : `"${column}"`)).join(", "));

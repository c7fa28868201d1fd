import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { type Difference, differs } from "@/lib/attribution/json-difference";
import type { SealHeader } from "./seal";

/** The columns of a sealed quarter beside its header, tally and digest, as text by name. */
export type SealColumns = Record<keyof ReturnType<typeof columnsOf>, string | null>;

const INSTANT = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`);

/** The columns that pages and covers print, as they are stored; null when the quarter is not frozen. */
export async function readSealColumns(
  db: Db,
  quarter: string,
): Promise<(SealColumns & { minutes: string | null; ask: string | null }) | null> {
  const [row] = await db.execute<SealColumns & { minutes: string | null; ask: string | null }>(sql`
    select s.quarter, s.from_day::text, s.to_day::text, s.as_of::text, s.sealed_by, s.sealed_by_name, s.sealed_in,
      to_char(s.sealed_at at time zone 'UTC', ${INSTANT}) as sealed_at, s.deals::text, s.closed::text,
      s.log_head, s.prepared_by, s.prepared_by_name, to_char(s.prepared_at at time zone 'UTC', ${INSTANT}) as prepared_at,
      s.demo::text, r.minutes, r.ask
    from sealed_quarters s left join reviews r on r.quarter = s.quarter where s.quarter = ${quarter}`);
  return row ? { ...row } : null;
}

/** What each column must say, by the header. */
function columnsOf({ quarter, asOf, sealed, prepared, deals, closed, demo }: SealHeader) {
  return {
    quarter: quarter.label,
    from_day: quarter.from,
    to_day: quarter.to,
    as_of: asOf,
    sealed_by: sealed.by.id,
    sealed_by_name: sealed.by.name,
    sealed_at: sealed.at,
    sealed_in: sealed.in,
    log_head: sealed.log ?? "absent",
    deals: String(deals),
    closed: String(closed),
    prepared_by: prepared.by.id,
    prepared_by_name: prepared.by.name,
    prepared_at: prepared.at,
    demo: String(demo),
  };
}

/** The first column that says other than the header, and the review's own row where it does. */
export function checkColumns(
  header: SealHeader,
  stored: SealColumns & { minutes: string | null; ask: string | null },
): Difference | null {
  for (const [name, sealed] of Object.entries(columnsOf(header))) {
    const found = differs(`column ${name}`, stored[name as keyof SealColumns] ?? "absent", sealed);
    if (found) return found;
  }
  return (
    differs("the review's minutes", stored.minutes ?? "absent", header.review?.minutes ?? "absent") ??
    differs("the review's ask", stored.ask ?? "absent", header.review?.ask ?? "absent")
  );
}

/** What the audit log wrote down of the freeze. */
interface Entry {
  id: string;
  at: string;
  actor: string;
  after: Record<string, unknown>;
  leaf: string | null;
}

/** The first thing in which the seal is not what the audit log says was frozen. */
export function checkEntry(header: SealHeader, digest: string, entries: readonly Entry[]): Difference | null {
  const [entry, ...more] = entries;
  if (!entry) return { at: "audit log", kept: "no freeze of this quarter", recomputed: digest };
  if (more.length > 0)
    return { at: "audit log", kept: `${entries.length} freezes of this quarter`, recomputed: "one" };
  const { from_day, to_day, as_of, sealed_in: _, log_head, ...rest } = columnsOf(header);
  const wanted: Record<string, string> = {
    digest,
    from: from_day,
    to: to_day,
    asOf: as_of,
    logHead: log_head,
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [camel(name), value])),
  };
  for (const [name, sealed] of Object.entries(wanted)) {
    const found = differs(`audit entry ${entry.id} ${name}`, String(entry.after[name] ?? "absent"), sealed);
    if (found) return found;
  }
  return (
    differs(`audit entry ${entry.id} actor`, entry.actor, `user:${header.sealed.by.id}`) ??
    differs(`audit entry ${entry.id} at`, entry.at, header.sealed.at) ??
    (entry.leaf === null
      ? { at: `audit entry ${entry.id}`, kept: "not in the tree", recomputed: "taken in" }
      : null)
  );
}

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

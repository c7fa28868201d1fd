import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { activityLabel } from "@/lib/attribution/menu";
import type { Role } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";

/** A record in words, "Northgate's activity Joint pitch of 10 May 2026", and who recorded it; null for an import. */
export interface Recorder {
  id: string;
  what: string;
  by: string | null;
}

/** Who recorded which role rows, registrations and activities, of any number of deals; ids of nothing such are left out. */
export async function recordersOf(
  db: Pick<Db, "execute">,
  ids: readonly string[],
): Promise<Map<string, Recorder>> {
  const named = sql`any(${sql.param([...new Set(ids)])}::text[])`;
  const rows = await db.execute<{
    id: string;
    by: string | null;
    partner: string;
    is: string;
    day: string | null;
  }>(sql`
    select r.id, r.recorded_by as by, p.name as partner, r.role::text as is, null as day
    from role_rows r join partners p on p.id = r.partner_id where r.id = ${named}
    union all
    select g.id, g.recorded_by as by, p.name as partner, 'registration' as is, g.submitted_on::text as day
    from registrations g join partners p on p.id = g.partner_id where g.id = ${named}
    union all
    select a.id, a.recorded_by as by, p.name as partner, a.type as is, a.occurred_on::text as day
    from activities a join partners p on p.id = a.partner_id where a.id = ${named}`);
  return new Map([...rows].map((row) => [row.id, { id: row.id, by: row.by, what: whatOf(row) }]));
}

function whatOf({ partner, is, day }: { partner: string; is: string; day: string | null }): string {
  if (day === null) return `${partner}'s row as ${ROLE_WORDS[is as Role].label.toLowerCase()}`;
  if (is === "registration") return `${partner}'s registration of ${dayInWords(day)}`;
  return `${partner}'s ${activityLabel(is).toLowerCase()} of ${dayInWords(day)}`;
}

import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { activityLabel } from "@/lib/attribution/menu";
import type { Role } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";

/** A record in words, "Northgate's joint pitch of 10 May 2026", and whoever recorded it or changed it since. */
export interface Recorder {
  id: string;
  what: string;
  by: string;
}

/**
 * Who recorded or changed which role rows, registrations and activities, of any number of deals, by id. What an
 * import brought and nobody changed, and ids of nothing such, are left out.
 */
export async function recordersOf(
  db: Pick<Db, "execute">,
  ids: readonly string[],
): Promise<Map<string, Recorder[]>> {
  const named = sql`any(${sql.param([...new Set(ids)])}::text[])`;
  const rows = await db.execute<{
    id: string;
    by: string;
    partner: string;
    is: string;
    day: string | null;
  }>(sql`
    select f.id, f.by, p.name as partner, f.is, f.day from (
      select id, by, partner_id, role::text as is, null as day from role_rows,
        lateral (values (recorded_by), (changed_by)) as w (by) where id = ${named}
      union
      select id, recorded_by, partner_id, 'registration', submitted_on::text from registrations where id = ${named}
      union
      select id, by, partner_id, type, occurred_on::text from activities,
        lateral (values (recorded_by), (changed_by)) as w (by) where id = ${named}
    ) as f join partners p on p.id = f.partner_id where f.by is not null order by f.id, f.by`);
  const recorders = new Map<string, Recorder[]>();
  for (const row of rows) {
    const one = { id: row.id, by: row.by, what: whatOf(row) };
    recorders.set(row.id, [...(recorders.get(row.id) ?? []), one]);
  }
  return recorders;
}

function whatOf({ partner, is, day }: { partner: string; is: string; day: string | null }): string {
  if (day === null) return `${partner}'s row as ${ROLE_WORDS[is as Role].label.toLowerCase()}`;
  if (is === "registration") return `${partner}'s registration of ${dayInWords(day)}`;
  return `${partner}'s ${activityLabel(is).toLowerCase()} of ${dayInWords(day)}`;
}

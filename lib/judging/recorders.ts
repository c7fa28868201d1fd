import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";

/** Who recorded which of a deal's role rows and activities; null when an import brought one. */
export async function recordersOf(
  db: Pick<Db, "execute">,
  dealId: string,
  ids: readonly string[],
): Promise<{ id: string; by: string | null }[]> {
  const named = sql`any(${sql.param([...new Set(ids)])}::text[])`;
  const rows = await db.execute<{ id: string; by: string | null }>(sql`
    select id, recorded_by as by from role_rows where deal_id = ${dealId} and id = ${named}
    union all
    select id, owner_id as by from activities where deal_id = ${dealId} and id = ${named}
    order by id`);
  return [...rows];
}

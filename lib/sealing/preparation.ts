import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { CheckLine, Named } from "./seal";

/** The first hand on a freeze, as a seal keeps it. */
export interface Preparation {
  by: Named;
  /** ISO 8601 in UTC, with microseconds. */
  at: string;
  checklist: CheckLine[];
  /** Draft-seal.ts says over what. */
  digest: string;
}

/** Who prepared a quarter's freeze; null while nobody has. */
export async function readPreparation(db: Db, quarter: string): Promise<Preparation | null> {
  const [row] = await db.execute<Preparation & Record<string, unknown>>(sql`
    select json_build_object('id', prepared_by, 'name', prepared_by_name) as by, checklist, digest,
      to_char(prepared_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from freeze_preparations where quarter = ${quarter}`);
  return row ? { ...row } : null;
}

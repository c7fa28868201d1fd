import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Quarter } from "@/lib/calendar";

/** Whether a quarter is the demo's own: nothing real closed in it. */
export async function isDemoQuarter(db: Db, { from, to }: Quarter): Promise<boolean> {
  const [real] = await db.execute(sql`
    select 1 from deals where closed_on between ${from}::date and ${to}::date and not demo limit 1`);
  return real === undefined;
}

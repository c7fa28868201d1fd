import { sql } from "drizzle-orm";
import type { Tx } from "./transaction";

/** Whether this transaction alone, of all processes', does the work of that name until it ends. Nobody waits. */
export async function elected(tx: Tx, work: string): Promise<boolean> {
  const [lock] = await tx.execute<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext(${work})) as mine`,
  );
  return lock?.mine === true;
}

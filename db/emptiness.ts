import { sql } from "drizzle-orm";
import type { Db } from "./connection/client";
import type { Tx } from "./connection/transaction";

const WORDS = {
  demo: "the demo",
  deals: "deals",
  policies: "a proposed policy",
  partners: "partners",
  // The story would let in the same people once more.
  people: "somebody who stayed from an earlier demo",
};

/** What would stand beside a demo story, in words; empty in a database that waits for its first facts. */
export async function whatIsHeld(db: Pick<Db, "execute"> | Tx): Promise<string[]> {
  const [found] = await db.execute<Record<keyof typeof WORDS, boolean>>(sql`
    select exists (select from settings where demo) as demo, exists (select from deals) as deals,
      exists (select from policies where proposed_at is not null) as policies,
      exists (select from partners) as partners,
      exists (select from users where not demo and email like '%@tarnwick.example') as people`);
  const keys = Object.keys(WORDS) as (keyof typeof WORDS)[];
  return keys.flatMap((key) => (found?.[key] ? [WORDS[key]] : []));
}

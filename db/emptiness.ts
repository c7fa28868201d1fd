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
const KEYS = Object.keys(WORDS) as (keyof typeof WORDS)[];

/** What would stand beside a demo story, in words; empty in a database that waits for its first facts. */
export async function whatIsHeld(db: Pick<Db, "execute"> | Tx): Promise<string[]> {
  const [found] = await db.execute<{
    demo: boolean;
    deals: boolean;
    policies: boolean;
    partners: boolean;
  }>(sql`
    select exists (select from settings where demo) as demo, exists (select from deals) as deals,
      exists (select from policies where proposed_at is not null) as policies,
      exists (select from partners) as partners`);
  const words = { demo: "the demo", deals: "deals", policies: "a proposed policy", partners: "partners" };
  return Object.entries(words).flatMap(([what, said]) => (found?.[what as keyof typeof words] ? [said] : []));
}

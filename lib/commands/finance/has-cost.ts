import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { ANY_COST, type CostCategory } from "@/lib/metrics/cost-categories";

/** Whether a category of a quarter has a cost, in whatever currency. */
export async function hasCost(
  tx: Tx,
  { quarter, side, category }: CostCategory & { quarter: string },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from costs where quarter = ${quarter} and side::text = ${side}
      and (${category} = ${ANY_COST} or lower(trim(category)) = ${category}) limit 1`);
  return rows.length > 0;
}

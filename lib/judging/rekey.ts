import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import type { FiscalYear } from "@/lib/calendar";
import { type TalliedDeal, TallyChange } from "@/lib/metrics/tally-lines";
import { projectionJson } from "./save";
import { addToTallies } from "./tallies";

const FETCHED = 2_000;

/**
 * Keeps the tallies by another fiscal year: where one of the two has whole weeks, a month is kept in other parts
 * (lib/metrics/tally-lines.ts). Nobody judges meanwhile: who has begun is waited for, and who comes later reads
 * the year after the lock.
 */
export async function rekeyTallies(tx: Tx, was: FiscalYear, is: FiscalYear): Promise<void> {
  if (was.endsOn === "month_end" && is.endsOn === "month_end") return;
  await tx.execute(sql`lock table deals in exclusive mode`);
  await tx.execute(
    sql`declare tallied no scroll cursor for select ${projectionJson}::text as saved from judged_deals`,
  );
  const change = new TallyChange(is);
  for (;;) {
    const rows = await tx.execute<{ saved: string }>(sql.raw(`fetch ${FETCHED} from tallied`));
    for (const { saved } of rows) {
      const deal = JSON.parse(saved) as TalliedDeal;
      change.take(deal, was);
      change.add(deal);
    }
    if (rows.length < FETCHED) break;
  }
  await tx.execute(sql`close tallied`);
  await addToTallies(tx, change.lines());
}

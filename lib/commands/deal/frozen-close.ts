import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { frozenWords } from "@/lib/sealing/refuse-deals";

/** The days of the quarters that are frozen. */
export interface FrozenSpan extends Record<string, unknown> {
  quarter: string;
  from: Day;
  to: Day;
}

export async function frozenSpans(tx: Pick<Tx, "execute">): Promise<FrozenSpan[]> {
  const rows = await tx.execute<FrozenSpan>(sql`
    select quarter, from_day::text as "from", to_day::text as "to" from sealed_quarters`);
  return [...rows];
}

/** Why nothing closes on this day any more (§8.7); null while its quarter is not frozen. */
export function frozenOn(spans: readonly FrozenSpan[], day: Day): string | null {
  const span = spans.find(({ from, to }) => from <= day && day <= to);
  return span ? frozenWords(span.quarter) : null;
}

/** Refuses a close day in a quarter that is frozen. */
export async function mustNotBeFrozen(tx: Pick<Tx, "execute">, field: string, day: Day): Promise<void> {
  const rule = frozenOn(await frozenSpans(tx), day);
  if (rule) refuse(field, day, rule);
}

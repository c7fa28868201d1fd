import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import {
  DECIDED_STATES,
  type DecidedState,
  type ReconciledDeal,
  readReconciledCell,
} from "@/lib/metrics/reconciled";
import type { Month } from "./months";

/** So many of a month's closed deals stand alike. */
export interface CountedDeals extends Omit<ReconciledDeal, "endedOn"> {
  deals: number;
}

/** How many closed, and of how many of them the attribution is confirmed (§7). */
export interface Share {
  closed: number;
  confirmed: number;
}

interface Row extends Record<string, unknown> {
  decided: DecidedState;
  cell: string;
  deals: number;
}

/** A month's closed deals as they are counted, from their tally: it costs the same whatever closed. */
export async function countMonth(db: Pick<Db, "execute">, { from, to }: Month): Promise<CountedDeals[]> {
  const rows = await db.execute<Row>(sql`
    select counts_as as decided, cell, sum(deals)::integer as deals from (
      select counts_as, cell, deals from tallies where kind = 'reconciled' and month between ${from}::date and ${to}::date
      union all
      select counts_as, cell, deals from tally_changes where kind = 'reconciled' and month between ${from}::date and ${to}::date
    ) t group by 1, 2 having sum(deals) <> 0 order by 1, 2`);
  return [...rows].map(({ decided, cell, deals }) => ({ decided, ...readReconciledCell(cell), deals }));
}

/** Whether all that closed in a month is the demo's own. */
export async function isDemoMonth(db: Pick<Db, "execute">, { from, to }: Month): Promise<boolean> {
  const [row] = await db.execute<{ own: boolean }>(sql`
    select exists (select from judged_deals j join deals d on d.id = j.deal_id
      where j.decided = any(enum_range(null::decided_state)) and j.ended_on between ${from}::date and ${to}::date
        and not d.demo) as own`);
  return row?.own !== true;
}

export const countAll = (counted: readonly CountedDeals[]) =>
  counted.reduce((total, { deals }) => total + deals, 0);

/** Of closed deals, how many are in each state. */
export function countStates(counted: readonly CountedDeals[]): Record<DecidedState, number> {
  const of = (state: DecidedState) => countAll(counted.filter(({ decided }) => decided === state));
  return Object.fromEntries(DECIDED_STATES.map((state) => [state, of(state)])) as Record<
    DecidedState,
    number
  >;
}

/** The two confirmed shares, of the won and of the lost ones: what is not confirmed is found so. */
export function confirmedShares(counted: readonly CountedDeals[]): { won: Share; lost: Share } {
  const share = (as: "won" | "lost") => {
    const those = counted.filter(({ endedAs }) => endedAs === as);
    return {
      closed: countAll(those),
      confirmed: countAll(those.filter(({ found }) => !found.includes("unconfirmed"))),
    };
  };
  return { won: share("won"), lost: share("lost") };
}

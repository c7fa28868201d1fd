import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { elected } from "@/db/connection/elected";
import type { Tx } from "@/db/connection/transaction";
import type { TallyLine } from "@/lib/metrics/tally-lines";
import { inBatch } from "./batches";

/** Changes folded in at a time. */
const BATCH = 20_000;

/** Tally lines as rows of JSON; sums as text, since they may exceed what a number holds exactly. */
export function tallyRows(lines: readonly TallyLine[]): object[] {
  return lines.map(({ kind, month, countsAs, cell, currency, at, deals, amount, squares }) => ({
    ...{ kind, month, counts_as: countsAs, cell, currency, at, deals },
    amount: String(amount),
    squares: String(squares),
  }));
}

/** Appends changes of the tallies. */
export async function addToTallies(tx: Tx, lines: readonly TallyLine[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.execute(sql`
    insert into tally_changes (kind, month, counts_as, cell, currency, at, deals, amount, squares)
    select * from json_to_recordset(${JSON.stringify(tallyRows(lines))}::text::json) as r (
      kind tally_kind, month date, counts_as text, cell text, currency text, at integer, deals bigint,
      amount numeric, squares numeric)`);
}

/**
 * Folds appended changes into the tallies, unless another process is at it. Readers add up both, so nobody
 * sees when it happens; it only keeps them from adding up too much.
 *
 * @returns the number of changes folded in by this call
 */
export async function foldTallies(client: Client): Promise<number> {
  const context = { actor: "system:judge", request: randomUUID() };
  for (let folded = 0; ; ) {
    const batch = await inBatch(client, context, foldBatch);
    folded += batch;
    if (batch < BATCH) return folded;
  }
}

async function foldBatch(tx: Tx): Promise<number> {
  if (!(await elected(tx, "tallies"))) return 0;
  const [folded] = await tx.execute<{ changes: number }>(sql`
    with gone as (
      delete from tally_changes
      where seq in (select seq from tally_changes order by seq limit ${BATCH}) returning *
    ), sums as (
      select kind, month, counts_as, cell, currency, sum(deals)::bigint as deals, sum(amount) as amount,
        sum(squares) as squares
      from gone group by kind, month, counts_as, cell, currency
    ), places as (
      select kind, month, counts_as, cell, currency, at, sum(deals)::bigint as deals
      from gone where at is not null group by kind, month, counts_as, cell, currency, at
    ), merged as (
      select p.kind, p.month, p.counts_as, p.cell, p.currency, p.at, sum(p.deals)::bigint as deals
      from (
        select * from places
        union all
        select t.kind, t.month, t.counts_as, t.cell, t.currency, u.at, u.deals
        from sums s join tallies t using (kind, month, counts_as, cell, currency)
          cross join lateral unnest(t.at, t.at_deals) as u (at, deals)
      ) p group by p.kind, p.month, p.counts_as, p.cell, p.currency, p.at
    ), packed as (
      select kind, month, counts_as, cell, currency, array_agg(at order by at) as at,
        array_agg(deals order by at) as at_deals
      from merged where deals <> 0 group by kind, month, counts_as, cell, currency
    ), saved as (
      insert into tallies (kind, month, counts_as, cell, currency, deals, amount, squares, at, at_deals)
      select s.kind, s.month, s.counts_as, s.cell, s.currency, s.deals, s.amount, s.squares,
        coalesce(p.at, '{}'), coalesce(p.at_deals, '{}')
      from sums s left join packed p using (kind, month, counts_as, cell, currency)
      on conflict (kind, month, counts_as, cell, currency) do update set
        deals = tallies.deals + excluded.deals, amount = tallies.amount + excluded.amount,
        squares = tallies.squares + excluded.squares, at = excluded.at, at_deals = excluded.at_deals
    )
    select count(*)::int as changes from gone`);
  await tx.execute(sql`delete from tallies where deals = 0 and amount = 0 and squares = 0 and at = '{}'`);
  return folded?.changes ?? 0;
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { parseQuarter, quarterOf } from "@/lib/calendar";
import { readSeals } from "@/lib/sealing/seals";
import { readCompany } from "../company/company";
import { defineQuery } from "../query";
import { exceptionsListShape } from "../review/review-shapes";
import { idShape, quarterShape } from "../shapes";
import { countStates, exceptionLines, grayShare, STATE } from "./exception-lines";
import { EXCEPTION_KINDS, EXCEPTION_STATES } from "./exception-shapes";

/** A quarter's exceptions log (§8.6). */
export const exceptionsList = defineQuery({
  name: "exceptions-list",
  summary: "A quarter's gray cases: what is contested, at stake, and who decides.",
  input: z.strictObject({
    /** Today's when absent. */
    quarter: quarterShape.optional(),
    state: z.enum(EXCEPTION_STATES).optional(),
    kind: z.enum(EXCEPTION_KINDS).optional(),
    ownerId: idShape.optional(),
    dealId: idShape.optional(),
    offset: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(1).max(2000).default(500),
  }),
  output: exceptionsListShape,
  async run({ db, today }, { quarter: label, state, kind, ownerId, dealId, offset, limit }) {
    const { fiscalYear } = await readCompany(db);
    const quarter = label ? parseQuarter(label, fiscalYear) : quarterOf(today, fiscalYear);
    const inQuarter = sql`e.quarter = ${quarter.label}`;
    const asked = [inQuarter];
    if (state) asked.push(sql`${STATE} = ${state}`);
    if (kind) asked.push(sql`e.kind::text = ${kind}`);
    if (ownerId) asked.push(sql`e.owner_id = ${ownerId}`);
    if (dealId) asked.push(sql`e.deal_id = ${dealId}`);
    const among = sql.join(asked, sql` and `);
    const [rows, total, counts, share, seals, atStake] = await Promise.all([
      exceptionLines(db, today, among, { limit, offset }),
      db.execute<{ count: number }>(sql`select count(*)::int as count from exceptions e where ${among}`),
      countStates(db, inQuarter),
      grayShare(db, quarter),
      readSeals(db, [quarter.label]),
      readAtStake(db, quarter.label),
    ]);
    return {
      quarter: quarter.label,
      frozen: seals.has(quarter.label),
      grayShare: share,
      counts: counts.get(quarter.label) ?? { open: 0, deferred: 0, decided: 0, put_right: 0 },
      atStake,
      total: total[0]?.count ?? 0,
      rows,
    };
  },
});

/** Each deal once, however many of its gray areas are open. */
async function readAtStake(db: Db, quarter: string) {
  const rows = await db.execute<{ currency: string; amount: string }>(sql`
    select currency, sum(amount)::text as amount from (
      select e.deal_id, e.currency, max(e.amount) as amount from exceptions e
      where e.quarter = ${quarter} and e.settled_at is null group by 1, 2) as deals
    group by currency`);
  const [only] = rows;
  const exact = rows.length === 1 && Number.isSafeInteger(Number(only!.amount));
  return exact ? { amount: Number(only!.amount), currency: only!.currency } : null;
}

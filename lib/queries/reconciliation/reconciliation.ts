import { sql } from "drizzle-orm";
import { z } from "zod";
import { FINDINGS } from "@/lib/attribution/reconciliation";
import { maySay } from "@/lib/commands/guard";
import { mayLockMonth, mayUnlockMonth } from "@/lib/commands/reconciliation/guards";
import { DECIDED_STATES } from "@/lib/metrics/reconciled";
import { type ClosedDeal, readClosedDeals } from "@/lib/reconciling/closed-deals";
import {
  type CountedDeals,
  confirmedShares,
  countAll,
  countMonth,
  countStates,
  isDemoMonth,
} from "@/lib/reconciling/month-counts";
import { type Month, monthAt, monthBefore, monthOf, standingOf } from "@/lib/reconciling/months";
import { defineQuery, type ReadContext } from "../query";
import { dayShape, idShape, mayShape, namedShape } from "../shapes";
import { linesOf } from "./reconciliation-lines";
import { monthPage, type Narrowed } from "./reconciliation-page";
import { reconciledLineShape, shareShape } from "./reconciliation-shapes";

/** A month's closed deals, won and lost, each beside its evidence (§8.5). */
export const reconciliation = defineQuery({
  name: "reconciliation",
  summary:
    "A month's closed deals beside their evidence: what is found, what would settle it, what is decided.",
  input: z.strictObject({
    /** The month before today's while that is not locked, else today's. */
    month: z
      .string()
      .regex(/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/, "a month is written YYYY-MM")
      .optional(),
    state: z.enum(DECIDED_STATES).optional(),
    kind: z.enum(FINDINGS).optional(),
    as: z.enum(["won", "lost"]).optional(),
    dealId: idShape.optional(),
    /** Where the page before ended, as its `next` said. */
    after: z.string().max(1000).optional(),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z.object({
    month: z.string(),
    ended: z.boolean(),
    locked: z.object({ on: dayShape, by: namedShape }).nullable(),
    frozen: z.string().nullable(),
    counts: z.object({ undecided: z.int(), exception: z.int(), stands: z.int(), clear: z.int() }),
    /** Of how many the attribution is confirmed, of the won and of the lost ones. */
    confirmed: z.object({ won: shareShape, lost: shareShape }),
    total: z.int(),
    rows: z.array(reconciledLineShape),
    /** Where the next page begins; null on the last one. */
    next: z.string().nullable(),
    may: z.object({ lock: mayShape, unlock: mayShape }),
  }),
  async run(context, { month: label, after, limit, ...asked }) {
    const { db, actor, today } = context;
    const { month, standing } = await askedMonth(context, label);
    const [counted, demo, page] = await Promise.all([
      countMonth(db, month),
      isDemoMonth(db, month),
      monthPage(db, month, asked, { after, limit }),
    ]);
    const ofMonth = { month: month.month, locked: standing.locked !== null, frozen: standing.frozen };
    const counts = countStates(counted);
    const ofLock = {
      ...ofMonth,
      ...{ ended: month.to < today, closed: countAll(counted), undecided: counts.undecided, demo },
    };
    return {
      ...{ month: month.month, ended: ofLock.ended, ...standing, counts },
      confirmed: confirmedShares(counted),
      total: asked.dealId === undefined ? countAll(counted.filter(isAmong(asked))) : page.ids.length,
      rows: await linesOf(context, await readInOrder(context, page.ids), ofMonth),
      next: page.next,
      may: {
        lock: maySay(mayLockMonth, actor, ofLock),
        unlock: maySay(mayUnlockMonth, actor, ofMonth),
      },
    };
  },
});

const isAmong =
  ({ state, kind, as }: Narrowed) =>
  ({ decided, endedAs, found }: CountedDeals) =>
    (state === undefined || decided === state) &&
    (kind === undefined || found.includes(kind)) &&
    (as === undefined || endedAs === as);

/** What is shown is judged as it stands. */
async function readInOrder({ db, today }: ReadContext, ids: readonly string[]): Promise<ClosedDeal[]> {
  if (ids.length === 0) return [];
  const read = await readClosedDeals(db, today, sql`d.id = any(${sql.param(ids)}::text[])`);
  const byId = new Map(read.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function askedMonth({ db, today }: ReadContext, label: string | undefined) {
  const standing = async (month: Month) => ({ month, standing: await standingOf(db, month) });
  if (label !== undefined) return standing(monthOf(label));
  const last = await standing(monthBefore(monthAt(today)));
  const isDone = last.standing.locked !== null || last.standing.frozen !== null;
  return isDone ? standing(monthAt(today)) : last;
}

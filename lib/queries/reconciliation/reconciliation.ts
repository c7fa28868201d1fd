import { sql } from "drizzle-orm";
import { z } from "zod";
import { FINDINGS } from "@/lib/attribution/reconciliation";
import { maySay } from "@/lib/commands/guard";
import { mayLockMonth, mayUnlockMonth } from "@/lib/commands/reconciliation/guards";
import {
  type ClosedDeal,
  type CountedDeal,
  countClosedDeals,
  DECIDED_STATES,
  readClosedDeals,
} from "@/lib/reconciling/closed-deals";
import { confirmedShares, countStates, undecidedIn } from "@/lib/reconciling/counts";
import { type Month, monthAt, monthBefore, monthOf, standingOf } from "@/lib/reconciling/months";
import { defineQuery, type ReadContext } from "../query";
import { dayShape, idShape, mayShape, namedShape } from "../shapes";
import { linesOf } from "./reconciliation-lines";
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
    offset: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(1).max(1000).default(200),
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
    may: z.object({ lock: mayShape, unlock: mayShape }),
  }),
  async run(context, { month: label, offset, limit, ...asked }) {
    const { db, actor, today } = context;
    const { month, standing } = await askedMonth(context, label);
    const within = sql`d.closed_on between ${month.from}::date and ${month.to}::date`;
    const closed = await countClosedDeals(db, today, within);
    const among = closed
      .filter(
        ({ id, as, state, found }) =>
          (asked.state === undefined || state === asked.state) &&
          (asked.kind === undefined || found.some(({ kind }) => kind === asked.kind)) &&
          (asked.as === undefined || as === asked.as) &&
          (asked.dealId === undefined || id === asked.dealId),
      )
      .toSorted((one, other) => DECIDED_STATES.indexOf(one.state) - DECIDED_STATES.indexOf(other.state));
    const ofMonth = { month: month.month, locked: standing.locked !== null, frozen: standing.frozen };
    const ofLock = {
      ...ofMonth,
      ...{ ended: month.to < today, closed: closed.length, undecided: undecidedIn(closed) },
      demo: closed.every(({ demo }) => demo),
    };
    return {
      ...{ month: month.month, ended: ofLock.ended, ...standing },
      counts: countStates(closed),
      confirmed: confirmedShares(closed),
      total: among.length,
      rows: await linesOf(context, await whole(context, among.slice(offset, offset + limit)), ofMonth),
      may: {
        lock: maySay(mayLockMonth, actor, ofLock),
        unlock: maySay(mayUnlockMonth, actor, ofMonth),
      },
    };
  },
});

/** What is shown is looked at, though nothing can be found on it. */
async function whole(
  { db, today }: ReadContext,
  shown: readonly (CountedDeal | ClosedDeal)[],
): Promise<ClosedDeal[]> {
  const bare = shown.flatMap((one) => ("facts" in one ? [] : [one.id]));
  const read =
    bare.length > 0 ? await readClosedDeals(db, today, sql`d.id = any(${sql.param(bare)}::text[])`) : [];
  const known = new Map(read.map((one) => [one.id, one]));
  return shown.flatMap((one) => ("facts" in one ? one : (known.get(one.id) ?? [])));
}

async function askedMonth({ db, today }: ReadContext, label: string | undefined) {
  const standing = async (month: Month) => ({ month, standing: await standingOf(db, month) });
  if (label !== undefined) return standing(monthOf(label));
  const last = await standing(monthBefore(monthAt(today)));
  const isDone = last.standing.locked !== null || last.standing.frozen !== null;
  return isDone ? standing(monthAt(today)) : last;
}

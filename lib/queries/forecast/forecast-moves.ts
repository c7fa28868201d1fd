import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { closeOf, sumOf, type WeighedDeal } from "@/lib/metrics/forecast";
import { LEAVINGS, MOVES, movesBetween } from "@/lib/metrics/forecast-moves";
import { sumMinor } from "@/lib/money";
import { draftWeek, inCommit, readBasis, readLeft, readWeeks } from "@/lib/sealing/forecast-week";
import { defineQuery } from "../query";
import { dayShape } from "../shapes";
import { closeShape, sumShape, weighedShape } from "./forecast-shapes";

/** What moved the commit from one week to another, deal by deal; the parts add up to the difference (§7 forecast). */
export const forecastMoves = defineQuery({
  name: "forecast-moves",
  summary:
    "What was added, pulled in, pushed out, won, lost and changed between two weeks' commits, adding up to the difference.",
  input: z.strictObject({
    /** A Monday whose forecast was taken. */
    from: dayShape,
    /** A later one; what stands now when left out. */
    to: dayShape.optional(),
    close: closeShape.optional(),
  }),
  output: z.object({
    from: dayShape,
    /** Null is now. */
    to: dayShape.nullable(),
    currency: z.string(),
    before: sumShape,
    after: sumShape,
    kinds: z.array(z.object({ kind: z.enum(MOVES), deals: z.int(), delta: z.int() })),
    moves: z.array(
      z.object({
        kind: z.enum(MOVES),
        id: z.string(),
        account: z.string().nullable(),
        owner: z.string(),
        before: weighedShape.nullable(),
        after: weighedShape.nullable(),
        left: z.object({ id: z.string(), why: z.enum(LEAVINGS), on: dayShape.nullable() }).nullable(),
        /** What it does to the commit, in minor units. */
        delta: z.int(),
        because: z.array(
          z.object({
            what: z.enum(["close_day", "amount", "currency", "stage", "probability", "rate"]),
            from: z.union([z.string(), z.int()]).nullable(),
            to: z.union([z.string(), z.int()]).nullable(),
          }),
        ),
      }),
    ),
  }),
  async run({ db, today }, { from, to, close }) {
    const weeks = await weeksOf(db, today, from, to);
    const [first, last] = [weeks[0]!, weeks.at(-1)!];
    if (first.reporting !== last.reporting)
      refuse("from", from, `is in ${first.reporting}, the later one in ${last.reporting}`);
    const { fiscalYear: year } = await readBasis(db, today);
    const left = [
      ...new Map(weeks.slice(1).flatMap((one) => one.left.map((gone) => [gone.id, gone]))).values(),
    ];
    const moves = movesBetween({
      ...{ before: first.deals, after: last.deals, left, year },
      close: close ?? null,
    });
    const within = (deals: readonly WeighedDeal[]) =>
      sumOf(inCommit(deals).filter((deal) => close === undefined || closeOf(deal, year) === close));
    return {
      ...{ from, to: to ?? null, currency: last.reporting },
      ...{ before: within(first.deals), after: within(last.deals) },
      kinds: MOVES.flatMap((kind) => {
        const its = moves.filter((move) => move.kind === kind);
        if (its.length === 0) return [];
        return { kind, deals: its.length, delta: sumMinor(its.map(({ delta }) => delta)) };
      }),
      moves,
    };
  },
});

/** The first week, those between, and the last; what stands now after them. */
async function weeksOf(db: Db, today: Day, from: Day, to: Day | undefined) {
  if (to !== undefined && to <= from) refuse("to", to, "must be after the first week");
  const kept = (await readWeeks(db, from, to ?? "9999-12-31")).map(({ document }) => document);
  if (kept[0]?.week !== from) refuse("from", from, "no forecast was taken in the week of this Monday");
  if (to !== undefined && kept.at(-1)?.week !== to)
    refuse("to", to, "no forecast was taken in the week of this Monday");
  if (to !== undefined) return kept;
  const now = await draftWeek(db, today);
  // This week may have been taken already: what left since is told against the last that was.
  return [...kept, { ...now, left: await readLeft(db, kept.at(-1)!, now.deals) }];
}

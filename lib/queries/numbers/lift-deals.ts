import { sql } from "drizzle-orm";
import { z } from "zod";
import { COMPARISONS, LIFT_MEASURES, standIn } from "@/lib/metrics/lift";
import { defineQuery } from "../query";
import { dayShape, stateShape } from "../shapes";
import { eachAsked, liftInput } from "./lift-count";

/** As many deals as one looks over; the others are counted. */
const SHOWN = 500;

/** The deals that one side of a comparison is made of: of its cells those that have deals on both sides (§7 lift). */
export const liftDeals = defineQuery({
  name: "lift-deals",
  summary: "The deals that one figure of the comparison with a partner and without is made of.",
  input: z.strictObject({
    ...liftInput.shape,
    measure: z.enum(LIFT_MEASURES),
    comparison: z.enum(COMPARISONS),
    side: z.enum(["with", "without"]),
  }),
  output: z.object({
    /** How many there are. */
    total: z.int(),
    /** The last closed first. */
    deals: z.array(
      z.object({
        id: z.string(),
        account: z.string().nullable(),
        owner: z.string(),
        amount: z.int(),
        currency: z.string(),
        closedOn: dayShape,
        state: stateShape,
        /** From creation to close, or from the landmark; null where it has none. */
        days: z.int().nullable(),
        /** Type, currency and amount band; empty where all are compared together. */
        cell: z.string(),
      }),
    ),
  }),
  async run({ db, today }, { measure, comparison, side, ...asked }) {
    const found: { id: string; closedOn: string; partner: boolean; days: number | null; cell: string }[] = [];
    await eachAsked(db, today, asked, (deal) => {
      const stands = standIn(comparison, deal, asked);
      if (!stands || (measure !== "winRate" && deal.outcome !== "won")) return;
      if (measure === "cycleDays" && stands.days === null) return;
      found.push({ id: deal.id, closedOn: deal.closedOn, ...stands });
    });
    const cellsOf = (partner: boolean) =>
      new Set(found.filter((one) => one.partner === partner).map(({ cell }) => cell));
    const [withOne, without] = [cellsOf(true), cellsOf(false)];
    const own = found
      .filter((one) => one.partner === (side === "with") && withOne.has(one.cell) && without.has(one.cell))
      .sort((one, other) =>
        one.closedOn === other.closedOn
          ? one.id < other.id
            ? -1
            : 1
          : one.closedOn > other.closedOn
            ? -1
            : 1,
      );
    const shown = own.slice(0, SHOWN);
    const rows = await db.execute<Described>(sql`
      select deal_id as id, account, owner, amount::float8 as amount, currency::text as currency, state::text as state
      from judged_deals where deal_id = any(${sql.param(shown.map(({ id }) => id))}::text[])`);
    const described = new Map([...rows].map((row) => [row.id, row]));
    return {
      total: own.length,
      deals: shown.flatMap(({ id, closedOn, days, cell }) => {
        const row = described.get(id);
        return row ? [{ ...row, closedOn, days, cell }] : [];
      }),
    };
  },
});

interface Described extends Record<string, unknown> {
  id: string;
  account: string | null;
  owner: string;
  amount: number;
  currency: string;
  state: "won" | "lost";
}

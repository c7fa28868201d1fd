import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { dealLineShape, dealLines } from "../deals/deals-page";
import { defineQuery } from "../query";
import { idShape, outcomeShape } from "../shapes";

/** The deals whose outcome changed when a policy came to judge them. */
export const judgingMoves = defineQuery({
  name: "judging-moves",
  summary: "The deals whose outcome changed when a policy came into force.",
  input: z.strictObject({
    policyId: idShape,
    from: outcomeShape.optional(),
    to: outcomeShape.optional(),
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    total: z.int(),
    /** In order of id. */
    rows: z.array(dealLineShape.extend({ from: outcomeShape, to: outcomeShape })),
  }),
  async run({ db }, { policyId, from, to, offset, limit }) {
    const moves = sql`from judging_moves where policy_id = ${policyId}
      and (${from ?? null}::outcome is null or from_outcome = ${from ?? null}::outcome)
      and (${to ?? null}::outcome is null or to_outcome = ${to ?? null}::outcome)`;
    const [[count], page] = await Promise.all([
      db.execute<{ total: number }>(sql`select count(*)::integer as total ${moves}`),
      db.execute<{ id: string; from: Outcome; to: Outcome }>(sql`
        select deal_id as id, from_outcome::text as "from", to_outcome::text as "to" ${moves}
        order by deal_id limit ${limit} offset ${offset}`),
    ]);
    const byId = new Map([...page].map((move) => [move.id, move]));
    const lines = await dealLines(db, [...byId.keys()]);
    const rows = lines.map((line) => {
      const move = byId.get(line.id)!;
      return { ...line, from: move.from, to: move.to };
    });
    return { total: count?.total ?? 0, rows };
  },
});

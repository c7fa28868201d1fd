import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { defineQuery } from "../query";
import { idShape } from "../shapes";
import { judgingRunShape } from "./policy-shapes";

interface Row extends Record<string, unknown> {
  policyId: string;
  title: string;
  hash: string;
  startedAt: string;
  finishedAt: string | null;
  judged: number;
  total: number;
}

/** How far the judging under the newest policy is, and what it moved. lib/jobs/keep-house.ts keeps it going. */
export const judgingProgress = defineQuery({
  name: "judging-progress",
  summary: "How far the judging under a new policy is, and which outcomes it changed.",
  /** The newest that is due when absent. */
  input: z.strictObject({ policyId: idShape.optional() }),
  /** Null while no policy came into force. */
  output: z.object({ run: judgingRunShape.nullable() }),
  async run({ db, today }, { policyId }) {
    const [run] = await db.execute<Row>(sql`
      select r.policy_id as "policyId", p.title, p.hash, r.judged, r.total,
        to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt",
        to_char(r.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "finishedAt"
      from judging_runs r join policies p on p.id = r.policy_id
      where ${policyId === undefined ? sql`lower(p.period) <= ${today}::date or r.cursor is not null` : sql`r.policy_id = ${policyId}`}
      order by lower(p.period) desc limit 1`);
    if (!run) return { run: null };
    const moves = await db.execute<{ from: Outcome; to: Outcome; deals: number }>(sql`
      select from_outcome::text as "from", to_outcome::text as "to", count(*)::integer as deals
      from judging_moves where policy_id = ${run.policyId} group by 1, 2 order by 3 desc, 1, 2`);
    const moved = [...moves].reduce((deals, move) => deals + move.deals, 0);
    return { run: { ...run, moved, moves: [...moves] } };
  },
});

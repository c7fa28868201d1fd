import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineQuery } from "../query";
import { quarterShape } from "../shapes";

/**
 * What the screens of a review look at every second, to know whether to ask for more: where it stands,
 * and a count that rises with everything that happens to a case. Three look-ups by key.
 */
export const meeting = defineQuery({
  name: "meeting",
  summary: "Whether anything has moved in a quarter's review since one looked.",
  input: z.strictObject({ quarter: quarterShape }),
  output: z.object({
    /** A section, or an exception's id; null until somebody starts it. */
    position: z.string().nullable(),
    /** Rises with every move; null until somebody starts it. */
    turn: z.int().nullable(),
    /** Rises with every change of the ask or the minutes. */
    version: z.int().nullable(),
    /** Rises with every vote, deferral, comment and new case of the quarter. */
    cases: z.int(),
    frozen: z.boolean(),
  }),
  async run({ db }, { quarter }) {
    const [row] = await db.execute<{
      position: string | null;
      turn: number | null;
      version: number | null;
      cases: number;
      frozen: boolean;
    }>(sql`
      select r.position, r.turn, r.version, coalesce(e.cases, 0)::int as cases,
        exists (select from sealed_quarters s where s.quarter = ${quarter}) as frozen
      from (select count(*) + coalesce(sum(version), 0)
            + coalesce(sum((select count(*) from exception_notes n where n.exception_id = x.id)), 0) as cases
          from exceptions x where x.quarter = ${quarter}) as e
        left join reviews r on r.quarter = ${quarter}`);
    return row!;
  },
});

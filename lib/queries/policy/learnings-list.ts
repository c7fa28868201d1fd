import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineQuery } from "../query";
import { quarterShape } from "../shapes";
import { amendmentClock } from "./policy-records";
import { amendmentShape, learningShape } from "./policy-shapes";

interface Row extends Record<string, unknown> {
  id: string;
  text: string;
  quarter: string;
  source: string;
  name: string | null;
  at: string;
}

/** What was wished or learnt and waits for the next amendment (§8.6, §8.8), newest first. */
export const learningsList = defineQuery({
  name: "learnings-list",
  summary: "Wishes and learnings kept for the next amendment of the policy.",
  input: z.strictObject({ quarter: quarterShape.optional() }),
  output: z.object({ learnings: z.array(learningShape), amendment: amendmentShape }),
  async run({ db, today }, { quarter }) {
    const [rows, amendment] = await Promise.all([
      db.execute<Row>(sql`
        select l.id, l.text, l.quarter, l.source, u.name,
          to_char(l.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
        from learnings l left join users u on u.id = l.recorded_by
        ${quarter === undefined ? sql`` : sql`where l.quarter = ${quarter}`}
        order by l.recorded_at desc, l.id`),
      amendmentClock(db, today),
    ]);
    return {
      learnings: [...rows].map(({ name, at, ...learning }) => ({ ...learning, recorded: { name, at } })),
      amendment,
    };
  },
});

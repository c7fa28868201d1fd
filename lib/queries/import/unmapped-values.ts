import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineQuery } from "../query";

/** Files older than this say nothing of the CRM as it is now. */
const DAYS = 90;
const SHOWN = 200;

/** What imports refused because no mapping said what it means: what is to be told next, the most rows first. */
export const unmappedValues = defineQuery({
  name: "unmapped-values",
  summary: "Values that recent imports refused because their mapping does not translate them, with counts.",
  input: z.strictObject({}),
  output: z.object({
    /** How many days of imports are counted. */
    days: z.int(),
    values: z.array(
      z.object({
        /** Of the files. */
        kind: z.string(),
        field: z.string(),
        value: z.string(),
        rows: z.int(),
        files: z.int(),
      }),
    ),
  }),
  async run({ db }) {
    const rows = await db.execute<{
      kind: string;
      field: string;
      value: string;
      rows: number;
      files: number;
    }>(sql`
      select i.kind, u.field, u.value, sum(u.rows)::int as rows, count(*)::int as files
      from imports i, jsonb_to_recordset(i.unmapped) as u(field text, value text, rows int)
      where i.at > now() - make_interval(days => ${DAYS}) and i.taken_back_at is null
      group by 1, 2, 3 order by 4 desc, 3, 2, 1 limit ${SHOWN}`);
    return { days: DAYS, values: [...rows] };
  },
});

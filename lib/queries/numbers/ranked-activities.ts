import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { yearOfMonths } from "../partner/standing";
import { cut, readPlace } from "../place";
import { defineQuery } from "../query";
import { dayShape, idShape, namedShape, stageShape } from "../shapes";

export const RANKED_BY = ["partner", "owner"] as const;
export type RankedBy = (typeof RANKED_BY)[number];

/** Whose an activity is: the partner's that did it, whichever record it was logged under, or the owner's of its deal. */
const KEYS: Readonly<Record<RankedBy, SQL>> = {
  partner: sql`coalesce(p.merged_into, p.id)`,
  owner: sql`d.owner`,
};

/** The activities that proof rates are of: those of the last twelve calendar months, on every deal. */
const counted = (today: Day) => sql`
  from activities a join deals d on d.id = a.deal_id join partners p on p.id = a.partner_id
  where a.occurred_on >= ${yearOfMonths(today)}::date`;

/** How many activities each has, and how many of them have proof. */
export async function proofsBy(db: Db, today: Day, by: RankedBy) {
  const rows = await db.execute<{ id: string; activities: number; proven: number }>(sql`
    select ${KEYS[by]} as id, count(*)::int as activities, count(a.proof)::int as proven ${counted(today)} group by 1`);
  return new Map([...rows].map(({ id, ...counts }) => [id, counts]));
}

const lineShape = z.object({
  id: z.string(),
  on: dayShape,
  type: z.string(),
  stage: stageShape,
  proof: z.string().nullable(),
  partner: namedShape,
  deal: z.object({ id: z.string(), account: z.string().nullable() }),
});

/** What the proof rate of a row of the ranking is counted from. */
export const rankedActivities = defineQuery({
  name: "ranked-activities",
  summary: "The activities behind a partner's or an owner's proof rate, the latest first, a page at a time.",
  input: z.strictObject({
    by: z.enum(RANKED_BY),
    /** A partner's id, an owner's name: as `ranking` tells them. */
    id: idShape,
    after: z.string().max(2000).optional(),
    limit: z.int().min(1).max(100).default(30),
  }),
  output: z.object({ rows: z.array(lineShape), next: z.string().nullable() }),
  async run({ db, today }, { by, id, after, limit }) {
    const place = after === undefined ? null : readPlace(after);
    const beyond = place === null ? sql`true` : sql`(a.occurred_on, a.id) < (${place[0]}::date, ${place[1]})`;
    const rows = await db.execute<z.output<typeof lineShape> & Record<string, unknown>>(sql`
      select a.id, a.occurred_on::text as on, a.type, a.stage, a.proof,
        json_build_object('id', p.id, 'name', p.name) as partner,
        json_build_object('id', d.id, 'account', d.account) as deal
      ${counted(today)} and ${KEYS[by]} = ${id} and ${beyond}
      order by a.occurred_on desc, a.id desc limit ${limit + 1}`);
    return cut([...rows], limit, (row) => row.on);
  },
});

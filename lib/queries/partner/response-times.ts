import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { recordsOf } from "@/db/merged-partners";
import type { Day } from "@/lib/attribution/facts";
import { WARM_INTRODUCTIONS } from "@/lib/attribution/introductions";
import { addDays } from "@/lib/calendar";
import { medianIn } from "../median";
import { defineQuery } from "../query";
import { idShape } from "../shapes";

/** Introductions of so many days up to today. */
const LOOKED_BACK = 365;

const timeShape = z.object({
  /** Median days to our first response; null while nothing was answered. */
  medianDays: z.number().nullable(),
  answered: z.int(),
  /** Not answered, on deals that are open. */
  waiting: z.int(),
  /** Never answered: the deal closed first. */
  never: z.int(),
});

/** How long partners wait for us after they opened a door (§7 "Time to response"). */
export const responseTimes = defineQuery({
  name: "response-times",
  summary:
    "Days from warm introductions to our first response, in all and by rep: median, number, those that wait.",
  input: z.strictObject({
    /** Of one partner's introductions. */
    partnerId: idShape.optional(),
  }),
  output: z.object({
    days: z.int(),
    all: timeShape,
    /** By the deals' AE, who waits most first. */
    reps: z.array(timeShape.extend({ rep: z.string() })),
  }),
  async run({ db, today }, { partnerId }) {
    const records = partnerId === undefined ? null : await recordsOf(db, partnerId);
    const among = records ? sql`a.partner_id = any(${sql.param(records)}::text[])` : sql`true`;
    const [all, reps] = await Promise.all([
      readTimes(db, today, among, sql`''`),
      readTimes(db, today, among, sql`i.owner`),
    ]);
    const none = { medianDays: null, answered: 0, waiting: 0, never: 0 };
    const [{ rep: _, ...whole } = { rep: "", ...none }] = all;
    return { days: LOOKED_BACK, all: whole, reps };
  },
});

type Times = z.output<typeof timeShape> & { rep: string };

/** The first response is the one that was said, or the partner's next activity of another kind (§8.4 introductions). */
async function readTimes(db: Db, today: Day, among: SQL, by: SQL): Promise<Times[]> {
  const warm = sql`${sql.param(WARM_INTRODUCTIONS)}::text[]`;
  const rows = await db.execute<Times & Record<string, unknown>>(sql`
    with i as (
      select d.owner, d.outcome = 'open' as open, first.on_day - a.occurred_on as days
      from activities a join deals d on d.id = a.deal_id left join introductions n on n.activity_id = a.id
      cross join lateral (select least(n.answered_on, (select min(b.occurred_on) from activities b
        where b.deal_id = a.deal_id and b.partner_id = a.partner_id and b.occurred_on > a.occurred_on
          and b.type <> all(${warm}))) as on_day) first
      where a.type = any(${warm}) and a.occurred_on > ${addDays(today, -LOOKED_BACK)}::date and ${among})
    select ${by} as rep, ${medianIn(sql`days`)} as "medianDays",
      count(days)::int as answered, count(*) filter (where days is null and open)::int as waiting,
      count(*) filter (where days is null and not open)::int as never
    from i group by 1 order by count(*) filter (where days is null and open) desc, count(*) desc, 1 limit 50`);
  return [...rows];
}

import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { recordsOf } from "@/db/merged-partners";
import type { Day } from "@/lib/attribution/facts";
import { WARM_INTRODUCTIONS } from "@/lib/attribution/introductions";
import { addDays } from "@/lib/calendar";
import { medianIn } from "../median";
import { defineQuery } from "../query";
import { idShape, namedShape } from "../shapes";

/** Introductions of so many days up to today. */
const LOOKED_BACK = 365;

/** How long a clock ran. */
const clockShape = z.object({
  /** Median days; null while none has stopped. */
  medianDays: z.number().nullable(),
  stopped: z.int(),
  /** Still running, on deals that are open. */
  waiting: z.int(),
  /** Never stopped: the deal closed first. */
  never: z.int(),
});

/** The two clocks of a warm introduction: to our first response, and from that until the partner was told what came of it. */
const timeShape = z.object({ response: clockShape, loop: clockShape });

/** How long partners wait for us after they opened a door (§7 "Time to response"). */
export const responseTimes = defineQuery({
  name: "response-times",
  summary:
    "Days from warm introductions to our first response and on to the loop back, in all, by rep and by partner.",
  input: z.strictObject({
    /** Of one partner's introductions. */
    partnerId: idShape.optional(),
  }),
  output: z.object({
    days: z.int(),
    all: timeShape,
    /** By the deals' AE, who is waited for most first. */
    reps: z.array(timeShape.extend({ rep: z.string() })),
    /** By partner, who waits most first; of one partner, that one. */
    partners: z.array(timeShape.extend({ partner: namedShape })),
  }),
  async run({ db, today }, { partnerId }) {
    const records = partnerId === undefined ? null : await recordsOf(db, partnerId);
    const among = records ? sql`a.partner_id = any(${sql.param(records)}::text[])` : sql`true`;
    const [[all], reps, partners] = await Promise.all([
      readTimes(db, today, among, { id: sql`''`, name: sql`''` }),
      readTimes(db, today, among, { id: sql`i.owner`, name: sql`i.owner` }),
      readTimes(db, today, among, { id: sql`i.partner_id`, name: sql`i.partner` }),
    ]);
    return {
      days: LOOKED_BACK,
      all: all?.times ?? { response: NONE, loop: NONE },
      reps: reps.map(({ name: rep, times }) => ({ rep, ...times })),
      partners: partners.map(({ id, name, times }) => ({ partner: { id, name }, ...times })),
    };
  },
});

const NONE = { medianDays: null, stopped: 0, waiting: 0, never: 0 };

interface Times extends Record<string, unknown> {
  id: string;
  name: string;
  times: z.output<typeof timeShape>;
}

/** A clock over the introductions `i` on which it began. */
const clock = (
  began: SQL,
  days: SQL,
) => sql`json_build_object('medianDays', ${medianIn(days)}, 'stopped', count(${days}),
  'waiting', count(*) filter (where ${began} and ${days} is null and open),
  'never', count(*) filter (where ${began} and ${days} is null and not open))`;

/** The first response is the one that was said, or the partner's next activity of another kind (§8.4 introductions). */
async function readTimes(db: Db, today: Day, among: SQL, by: { id: SQL; name: SQL }): Promise<Times[]> {
  const warm = sql`${sql.param(WARM_INTRODUCTIONS)}::text[]`;
  const rows = await db.execute<Times>(sql`
    with i as (
      select d.owner, p.id as partner_id, p.name as partner, d.outcome = 'open' as open,
        first.on_day - a.occurred_on as days, case when n.looped_back_on is not null and first.on_day is not null
          then greatest(n.looped_back_on - first.on_day, 0) end as loop_days
      from activities a join deals d on d.id = a.deal_id left join introductions n on n.activity_id = a.id
      join partners r on r.id = a.partner_id join partners p on p.id = coalesce(r.merged_into, r.id)
      cross join lateral (select least(n.answered_on, (select min(b.occurred_on) from activities b
        where b.deal_id = a.deal_id and b.partner_id = a.partner_id and b.occurred_on > a.occurred_on
          and b.type <> all(${warm}))) as on_day) first
      where a.type = any(${warm}) and a.occurred_on > ${addDays(today, -LOOKED_BACK)}::date and ${among})
    select ${by.id} as id, ${by.name} as name, json_build_object('response', ${clock(sql`true`, sql`days`)},
      'loop', ${clock(sql`days is not null`, sql`loop_days`)}) as times
    from i group by 1, 2
    order by count(*) filter (where loop_days is null and open) desc, count(*) desc, 1 limit 50`);
  return [...rows];
}

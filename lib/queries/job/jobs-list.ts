import { sql } from "drizzle-orm";
import { z } from "zod";
import { QUEUE_NAMES } from "@/db/queues";
import { maySay } from "@/lib/commands/guard";
import { mayRunJob } from "@/lib/commands/job/guards";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";

const instant = z.iso.datetime().nullable();

/** When each job was last done, when it is due, and how it failed: what the queue keeps of it. */
export const jobsList = defineQuery({
  name: "jobs-list",
  summary: "The jobs: when each was last done and is due next, and how it last failed, of a week.",
  only: ["admin", "auditor"],
  fresh: true,
  input: z.strictObject({}),
  output: z.object({
    jobs: z.array(
      z.object({
        name: z.string(),
        /** When its last turn that ended did so; null before its first. */
        endedAt: instant,
        /** Whether that one failed. */
        fails: z.boolean(),
        /** Of a turn under way. */
        runningSince: instant,
        nextAt: instant,
        /** The last turn that failed, and what it said. */
        failedAt: instant,
        said: z.string().nullable(),
      }),
    ),
    may: z.object({ run: mayShape }),
  }),
  async run({ db, actor }) {
    const at = (column: ReturnType<typeof sql>) =>
      sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    const rows = await db.execute<{
      name: string;
      endedAt: string | null;
      fails: boolean;
      runningSince: string | null;
      nextAt: string | null;
      failedAt: string | null;
      said: string | null;
    }>(sql`
      select q.name, ${at(sql`e.completed_on`)} as "endedAt", coalesce(e.state = 'failed', false) as fails,
        ${at(sql`r.since`)} as "runningSince", ${at(sql`n.due`)} as "nextAt", ${at(sql`f.completed_on`)} as "failedAt",
        coalesce(f.output ->> 'message', f.output -> 'value' ->> 'message') as said
      from unnest(${sql.param([...QUEUE_NAMES])}::text[]) with ordinality q (name, nth)
      left join lateral (select completed_on, state from pgboss.job
        where name = q.name and state in ('completed', 'failed') order by completed_on desc limit 1) e on true
      left join lateral (select completed_on, output from pgboss.job
        where name = q.name and state = 'failed' order by completed_on desc limit 1) f on true
      left join lateral (select max(started_on) as since from pgboss.job
        where name = q.name and state = 'active') r on true
      left join lateral (select min(start_after) as due from pgboss.job
        where name = q.name and state in ('created', 'retry')) n on true
      order by q.nth`);
    return { jobs: [...rows], may: { run: maySay(mayRunJob, actor, undefined) } };
  },
});

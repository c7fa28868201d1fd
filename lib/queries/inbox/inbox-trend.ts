import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { addDays, mondayOf } from "@/lib/calendar";
import { INBOX_KINDS, type InboxKind } from "@/lib/metrics/inbox-kinds";
import { defineQuery } from "../query";
import { dayShape } from "../shapes";
import { readWhose, SCOPES, type Whose } from "./whose";

/** A quarter. */
const WEEKS = 13;

/** Whether the queue grows or goes: what was left of each week (lib/jobs/count-inbox.ts). */
export const inboxTrend = defineQuery({
  name: "inbox-trend",
  summary: "What was left in the inbox at each week's last count, by kind, oldest first.",
  input: z.strictObject({
    scope: z.enum(SCOPES).default("mine"),
    weeks: z.int().min(2).max(53).default(WEEKS),
  }),
  output: z.object({
    /** From the first week that was counted, every one; `countedOn` is null of a week without a count. */
    weeks: z.array(
      z.object({
        /** Its Monday. */
        week: dayShape,
        countedOn: dayShape.nullable(),
        left: z.int().nullable(),
        /** Of the kinds that anything was left of. */
        kinds: z.array(z.object({ kind: z.enum(INBOX_KINDS), left: z.int() })),
      }),
    ),
  }),
  async run({ db, actor, today }, { scope, weeks }) {
    const whose = await readWhose(db, actor, scope);
    const last = mondayOf(today);
    const rows = await db.execute<{ week: Day; countedOn: Day; kind: InboxKind | null; left: number }>(sql`
      select w.week::text as week, w.counted_on::text as "countedOn", c.kind, coalesce(sum(c.items), 0)::int as left
      from inbox_weeks w left join inbox_week_counts c on c.week = w.week and ${wereTheirs(whose)}
      where w.week between ${addDays(last, -7 * (weeks - 1))}::date and ${last}::date
      group by w.week, w.counted_on, c.kind order by w.week`);
    const first = rows[0]?.week;
    if (first === undefined) return { weeks: [] };
    const all: Day[] = [];
    for (let week = first; week <= last; week = addDays(week, 7)) all.push(week);
    return {
      weeks: all.map((week) => {
        const its = rows.filter((one) => one.week === week);
        const kinds = INBOX_KINDS.flatMap((kind) => {
          const left = its.find((one) => one.kind === kind)?.left;
          return left ? [{ kind, left }] : [];
        });
        const countedOn = its[0]?.countedOn ?? null;
        const left = countedOn === null ? null : kinds.reduce((sum, one) => sum + one.left, 0);
        return { week, countedOn, left, kinds };
      }),
    };
  },
});

/** That a count is of what was theirs: of people and desks as they are today. */
const wereTheirs = (whose: Whose | null) =>
  whose === null
    ? sql`true`
    : sql`(c.owner_id = any(${sql.param(whose.people)}::text[]) or c.desk = any(${sql.param(whose.desks)}::user_role[]))`;

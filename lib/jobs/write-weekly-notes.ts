import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { addDays, quarterOf } from "@/lib/calendar";
import { companyZone } from "@/lib/commands/today";
import { companyDay, companyTime } from "@/lib/company-day";
import { MOVED_CAUSE_WORDS, movedText } from "@/lib/metrics/moved-words";
import { HEADLINE_METRICS, METRICS } from "@/lib/metrics/quarter-numbers";
import { isDefined } from "@/lib/metrics/value";
import { numberText } from "@/lib/metrics/value-text";
import { readCompany } from "@/lib/queries/company/company";
import { moved } from "@/lib/queries/numbers/moved";
import { answer } from "@/lib/queries/query";
import { dealPath } from "@/lib/text/addresses";
import type { WeeklyNote, WeeklyNumber } from "@/lib/text/weekly-note";
import type { Job } from "./job";
import { judgeToday } from "./judge-today";
import { weekDue } from "./write-digests";

const A_WEEK = 7;
/** Of a cause, so many deals are written out; the page has the rest. */
const WRITTEN_OUT = 3;

/** Writes the week's note of the four numbers, to whoever asked for it, once it is Monday morning (§8.9). */
export const writeWeeklyNotes: Job = {
  name: "write-weekly-notes",
  everyMs: 5 * 60_000,
  work: (client, _today, now) => writeDueWeeklyNotes(client, now()),
};

/**
 * Writes the note to each person who chose it and has none of this week yet: the four numbers of the quarter under
 * way, what they were at the end of the Monday before, and why they moved, by the same query as the dashboard. One row
 * of the outbox each, known by person and week, so that two processes write one.
 *
 * @returns how many people this call wrote one for
 */
export async function writeDueWeeklyNotes(client: Client, now: Date): Promise<number> {
  const zone = await companyZone(client);
  const today = companyDay(now.getTime(), zone);
  const week = weekDue(today, companyTime(now.getTime(), zone));
  if (week === null) return 0;
  const people = await client.db.execute<{ id: string }>(sql`
    select u.id from users u join notice_choices c on c.user_id = u.id and c.kind = 'weekly_numbers' and c.choice <> 'none'
    where u.disabled_at is null and not u.demo
      and not exists (select from notices n where n.once_key = 'weekly ' || ${week}::text || ' ' || u.id)
    order by u.id`);
  if (people.length === 0) return 0;
  await judgeToday(today, client);
  const note = await noteOf(client, week, today);
  let written = 0;
  for (const { id } of people) if (await write(client, id, note, now)) written++;
  return written;
}

async function noteOf(client: Client, week: Day, today: Day): Promise<WeeklyNote> {
  const { fiscalYear } = await readCompany(client.db);
  const { label: quarter } = quarterOf(today, fiscalYear);
  const since = addDays(week, -A_WEEK);
  const context = { db: client.db, actor: COMMAND_LINE, today };
  const numbers: WeeklyNumber[] = [];
  for (const key of HEADLINE_METRICS) {
    const found = await answer(moved, { number: key, quarter, from: since }, context);
    const { figure, from, to, parts, reportingCurrency: currency } = found;
    const text = ({ value }: typeof to) =>
      isDefined(value) ? numberText(value, figure.unit, currency) : "—";
    numbers.push({
      name: METRICS[key].name,
      is: text(to),
      was: isDefined(from.value) && isDefined(to.value) ? text(from) : null,
      parts: parts.map(({ cause, amount, deals, told }) => ({
        ...{ cause: MOVED_CAUSE_WORDS[cause], by: movedText(amount, figure.unit, currency), deals },
        first: told
          .slice(0, WRITTEN_OUT)
          .map(({ id, account }) => ({ name: account ?? id, path: dealPath(id) })),
      })),
      path: `/dashboard?${new URLSearchParams({ quarter, open: key, since })}`,
    });
  }
  return { kind: "weekly_numbers", week, quarter, since, numbers };
}

async function write(client: Client, userId: string, note: WeeklyNote, now: Date): Promise<boolean> {
  const who = { actor: "system:write-weekly-notes", request: randomUUID(), retry: true };
  return guardedTransaction(client, who, async (tx) => {
    const written = await tx.execute(sql`
      insert into notices (id, kind, to_id, request, about, once_key, due_at, state)
      values (${randomUUID()}, 'weekly_numbers', ${userId}, ${who.request}, ${JSON.stringify(note)}::text::jsonb,
        ${`weekly ${note.week} ${userId}`}, ${now.toISOString()}, 'waiting')
      on conflict (once_key) do nothing returning 1`);
    return written.length > 0;
  });
}

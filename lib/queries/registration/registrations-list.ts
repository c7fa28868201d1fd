import { sql } from "drizzle-orm";
import { z } from "zod";
import { settings } from "@/db/schema/settings";
import { REGISTRATION_STATUSES } from "@/lib/attribution/vocabulary";
import { addDays } from "@/lib/calendar";
import { maySay } from "@/lib/commands/guard";
import { maySubmitRegistration } from "@/lib/commands/registration/guards";
import { like } from "../deals/like";
import { cut, readPlace } from "../place";
import { defineQuery } from "../query";
import { idShape, mayShape } from "../shapes";
import { collisionsOf } from "./collisions";
import { registrationLineShape, registrationLines } from "./registration-lines";

/** The queue: who waits for an answer, for how long, and what each collides with. */
export const registrationsList = defineQuery({
  name: "registrations-list",
  summary: "Registrations by status: those that wait the longest first, decided ones the latest first.",
  input: z.strictObject({
    status: z.enum(REGISTRATION_STATUSES).optional(),
    partnerId: idShape.optional(),
    accountId: idShape.optional(),
    /** In the partner's or the account's name, or the domain. */
    search: z.string().max(200).optional(),
    after: z.string().max(2000).optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  output: z.object({
    /** How many wait, and how many of them longer than the limit; of all partners. */
    waiting: z.int(),
    overdue: z.int(),
    limitDays: z.int(),
    rows: z.array(registrationLineShape.extend({ collisions: z.int() })),
    next: z.string().nullable(),
    may: z.object({ submit: mayShape }),
  }),
  async run({ db, actor, today }, { status, partnerId, accountId, search, after, limit }) {
    const parts = [sql`true`];
    if (status) parts.push(sql`g.status = ${status}::registration_status`);
    if (partnerId)
      parts.push(sql`g.partner_id in (select id from partners where ${partnerId} in (id, merged_into))`);
    if (accountId)
      parts.push(
        sql`(g.account_id = ${accountId} or g.deal_id in (select id from deals where account_id = ${accountId}))`,
      );
    if (search?.trim()) {
      const text = like(search.trim());
      parts.push(sql`(p.name ilike ${text} or a.name ilike ${text} or g.domain ilike ${text})`);
    }
    const dir = sql.raw(status === "pending" ? "asc" : "desc");
    if (after !== undefined) {
      const [day, id] = readPlace(after);
      const beyond = sql.raw(status === "pending" ? ">" : "<");
      parts.push(sql`(g.submitted_on, g.id) ${beyond} (${day}::date, ${id})`);
    }
    const [company] = await db.select({ days: settings.registrationAnswerDays }).from(settings);
    const limitDays = company?.days ?? 5;
    const [lines, [waits]] = await Promise.all([
      registrationLines(
        db,
        { actor, today },
        {
          where: sql.join(parts, sql` and `),
          order: sql`g.submitted_on ${dir}, g.id ${dir}`,
          limit: limit + 1,
        },
      ),
      db.execute<{ waiting: number; overdue: number }>(sql`
        select count(*)::int as waiting,
          count(*) filter (where submitted_on < ${addDays(today, -limitDays)}::date)::int as overdue
        from registrations where status = 'pending'`),
    ]);
    const page = cut(lines, limit, (line) => line.submittedOn);
    const waitingOnes = page.rows.filter((line) => line.status === "pending").map(({ id }) => id);
    const collisions = await collisionsOf(db, waitingOnes);
    return {
      waiting: waits?.waiting ?? 0,
      overdue: waits?.overdue ?? 0,
      limitDays,
      rows: page.rows.map((line) => ({
        ...line,
        collisions: collisions.filter(({ registrationId }) => registrationId === line.id).length,
      })),
      next: page.next,
      may: { submit: maySay(maySubmitRegistration, actor, undefined) },
    };
  },
});

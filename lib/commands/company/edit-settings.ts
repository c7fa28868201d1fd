import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/connection/transaction";
import { settings, yearOf } from "@/db/schema/settings";
import { ACTIVITY_LIBRARY } from "@/lib/attribution/menu";
import { isSameYear, YEAR_ENDS } from "@/lib/calendar";
import { leaveGatedToToday } from "@/lib/judging/leave-to-today";
import { rekeyTallies } from "@/lib/judging/rekey";
import * as field from "../input";
import { defineVerb } from "../verb";
import { type Carried, carryQuarters } from "./carry-quarters";
import { mayEditSettings } from "./guards";

type Settings = typeof settings.$inferSelect;

const LIBRARY = ACTIVITY_LIBRARY.map(({ type }) => type);

/** Another fiscal year may have every deal counted anew. */
const TIMEOUT_MS = 10 * 60_000;

/** Ten years; and the days that a session lasts at most (§9). */
const [KEPT_MOST, SESSION_LEAST] = [3_650, 30];

const days = (most: number) =>
  z
    .int("must be a whole number of days")
    .min(1, "must be at least one day")
    .max(most, `must be at most ${most} days`);

export const editSettings = defineVerb({
  name: "edit-settings",
  summary: "Change the company's settings",
  input: z
    .strictObject({
      company: field.line(200),
      fiscalFirstMonth: z.int().min(1, "must be a month, 1 to 12").max(12, "must be a month, 1 to 12"),
      fiscalNamedBy: z.enum(["end", "start"], { error: "must be end or start" }),
      fiscalEndsOn: z.enum(YEAR_ENDS, {
        error:
          "must be month_end, or a weekday nearest to or last in the month: nearest_saturday, last_friday",
      }),
      reportingCurrency: field.currency,
      timeZone: field.timeZone,
      registrationAnswerDays: days(90),
      registrationProtectionDays: days(730),
      /** From which close day on the CRM asks the stage gate; null while it asks for none (§8.3). */
      gateFrom: field.day.nullable(),
      /** How many days is kept what nobody needs for good (docs/operations.md). */
      keptWhenceDays: days(KEPT_MOST),
      keptSessionDays: days(KEPT_MOST).min(
        SESSION_LEAST,
        `must be at least ${SESSION_LEAST}: a session may last so long`,
      ),
      keptRepeatDays: days(KEPT_MOST),
      keptNoticeDays: days(KEPT_MOST),
      keptDeliveryDays: days(KEPT_MOST),
      keptOriginalDays: days(KEPT_MOST),
      /** Where people reach the app, for links in notices; null for what the server was started with. */
      publicAddress: field.origin.nullable(),
      /** The types that the company takes over from the library, all of them. */
      addedActivities: z
        .array(z.enum(LIBRARY, { error: "must be a type of the library of activities" }))
        .transform((types) => LIBRARY.filter((type) => types.includes(type))),
    })
    .partial()
    .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  output: z.object({ company: z.string() }),
  guard: mayEditSettings,
  setsZone: true,
  timeoutMs: TIMEOUT_MS,
  subject: async ({ tx }) => {
    const [before] = await tx.select().from(settings).for("update");
    return before ?? null;
  },
  // The zone is said by whoever says it first, though it be the one that stands.
  stands: (before) => ({ ...before, timeZone: undefined }),
  async run({ tx, actor, today, audit }, asked, before) {
    const said = asked.timeZone !== undefined && actor.userId !== null;
    const changes = { ...asked, ...(said && { timeZoneSaidOn: today }) };
    const [after] = await tx
      .insert(settings)
      .values({ id: 1, ...changes })
      .onConflictDoUpdate({ target: settings.id, set: changes })
      .returning();
    const carried = before ? await carry(tx, before, after!) : null;
    await leaveGatedToToday(tx, { before: before?.gateFrom ?? null, after: after!.gateFrom }, today);
    audit({
      subjectKind: "settings",
      subjectId: "1",
      dealId: null,
      before,
      after: { ...after, ...(carried && { carried }) },
    });
    return { company: after!.company };
  },
});

/** What stands in the log and the books stays with its days when they are called otherwise; null when they are not. */
async function carry(tx: Tx, before: Settings, after: Settings): Promise<Carried | null> {
  const [from, to] = [yearOf(before), yearOf(after)];
  if (isSameYear(from, to)) return null;
  await rekeyTallies(tx, from, to);
  // Nothing is written under an old label meanwhile.
  await tx.execute(
    sql`lock table exceptions, learnings, reviews, costs, rates, targets in share row exclusive mode`,
  );
  return carryQuarters(tx, from, to);
}

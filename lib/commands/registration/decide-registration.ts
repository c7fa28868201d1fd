import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { registrations } from "@/db/schema/facts";
import { settings } from "@/db/schema/settings";
import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { lockRegistration } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayDecideRegistration } from "./guards";

export const decideRegistration = defineVerb({
  name: "decide-registration",
  summary: "Approve or reject a partner's deal registration that somebody else recorded",
  input: z.strictObject({
    registrationId: field.id,
    status: z.enum(["approved", "rejected"], { error: "must be approved or rejected" }),
    /** A rejection says why. */
    reason: field.line(1000).nullable().default(null),
    /** Of an approval: how long it keeps other partners off; as long as the company's settings say when absent. */
    protectedUntil: field.day.nullable().optional(),
  }),
  output: z.object({ registrationId: z.string() }),
  guard: mayDecideRegistration,
  subject: (context, { registrationId }) => lockRegistration(context, registrationId),
  async run(
    { tx, actor, today, audit, touch },
    { registrationId, status, reason, protectedUntil },
    { registration: before },
  ) {
    if (before.status === status) refuse("status", status, "is what was decided already");
    if (status === "rejected" && reason === null)
      refuse("reason", null, "a rejection says why: the partner will ask");
    if (protectedUntil && (status === "rejected" || protectedUntil < today))
      refuse("protectedUntil", protectedUntil, "only an approval protects, from today on");
    const until =
      status === "approved" ? (protectedUntil === undefined ? protectedFrom(today) : protectedUntil) : null;
    // Whatever system it came from: that it holds is now a person's word.
    const decided = {
      status,
      reason,
      decidedOn: today,
      decidedBy: actor.userId,
      source: null,
      protectedUntil: until,
    };
    const [after] = await tx
      .update(registrations)
      .set(decided)
      .where(eq(registrations.id, registrationId))
      .returning();
    audit({ subjectKind: "registration", subjectId: registrationId, dealId: before.dealId, before, after });
    if (before.dealId) touch(before.dealId);
    return { registrationId };
  },
});

/** As long as the company's settings say, from `today`: read where it is written. */
const protectedFrom = (today: Day) =>
  sql<Day>`${today}::date + coalesce((select ${settings.registrationProtectionDays} from ${settings}), 90)`;

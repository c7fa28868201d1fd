import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { inboxSnoozes } from "@/db/schema/inbox";
import { addDays } from "@/lib/calendar";
import { refuse } from "@/lib/errors";
import { INBOX_KINDS } from "@/lib/metrics/inbox-kinds";
import * as field from "../input";
import { defineVerb } from "../verb";
import { maySnoozeItem } from "./guards";

/** What is put off for longer is forgotten. */
const MOST_DAYS = 92;

export const snoozeItem = defineVerb({
  name: "snooze-item",
  summary:
    "Put an item of one's inbox off until a day, on which it comes back by itself; or have it back now",
  input: z.strictObject({
    kind: z.enum(INBOX_KINDS),
    subjectId: field.line(700),
    /** The day on which it is there again; null for now. */
    until: field.day.nullable(),
  }),
  output: z.object({ until: z.string().nullable() }),
  guard: maySnoozeItem,
  subject: async () => null,
  async run({ tx, actor, today, audit }, { kind, subjectId, until }) {
    if (until !== null && until <= today) refuse("until", until, "must be after today");
    if (until !== null && until > addDays(today, MOST_DAYS))
      refuse("until", until, `must be within ${MOST_DAYS} days`);
    const userId = actor.userId!;
    const its = and(
      eq(inboxSnoozes.userId, userId),
      eq(inboxSnoozes.kind, kind),
      eq(inboxSnoozes.subjectId, subjectId),
    );
    const [before = null] = await tx.select().from(inboxSnoozes).where(its).for("update");
    if ((before?.until ?? null) === until)
      refuse("until", until, until === null ? "it is not put off" : "it is put off until then already");
    await tx.delete(inboxSnoozes).where(its);
    const [after = null] =
      until === null
        ? []
        : await tx.insert(inboxSnoozes).values({ userId, kind, subjectId, until }).returning();
    audit({ subjectKind: "inbox_item", subjectId: `${kind} ${subjectId}`, dealId: null, before, after });
    return { until };
  },
});

import { eq } from "drizzle-orm";
import { mappings } from "@/db/schema/imports";
import { users } from "@/db/schema/people";
import { settings } from "@/db/schema/settings";
import type { Kind } from "@/lib/interchange/kinds";
import { leaveGatedToToday } from "@/lib/judging/leave-to-today";
import { mayEditUser } from "./account/guards";
import { auditedPerson, lockPerson } from "./account/load";
import { mayEditSettings } from "./company/guards";
import { asBefore, type Entry, mustMayBack, mustStandInPart, noteBack, sidesOf } from "./entry-back";
import { maySay } from "./guard";
import { mayImport } from "./import/guards";
import type { WriteContext } from "./verb";

const ENTERED = "What was entered is not taken back: correct it, or leave it unused";

type Changes = Partial<Record<string, unknown>>;

/** What an edit changed, as it was, where all of it may be taken back; else the sentence refuses it. */
function onlyOf(entry: Entry, columns: readonly string[], why: string): Changes {
  mustMayBack(sidesOf(entry).before !== null || ENTERED);
  const was: Changes = asBefore<string>(entry);
  mustMayBack(Object.keys(was).every((column) => columns.includes(column)) || why);
  return was;
}

/** Name, team and whose deals are theirs; who was given access, or lost it, is asked to sign in anew. */
export async function personBack(context: WriteContext, entry: Entry): Promise<void> {
  const why = "A role and access are not taken back: change them again, which is said in the log as that";
  const was = onlyOf(entry, ["name", "ownerName", "team"], why);
  const { row, ...person } = await lockPerson(context, entry.subjectId);
  mustMayBack(maySay(mayEditUser, context.actor, { ...person, access: false }));
  mustStandInPart(entry, row);
  const [after] = await context.tx.update(users).set(was).where(eq(users.id, row.id)).returning();
  noteBack(context, entry, auditedPerson(row), auditedPerson(after!));
}

const KEPT = ["Whence", "Session", "Repeat", "Notice", "Delivery", "Original"].map((of) => `kept${of}Days`);

/** What the calendar, the currency and the zone alter is shown before they change, in either direction. */
export async function settingsBack(context: WriteContext, entry: Entry): Promise<void> {
  const plain = ["company", "addedActivities", "gateFrom"];
  const days = ["registrationAnswerDays", "registrationProtectionDays", ...KEPT];
  const why =
    "What numbers are counted by is not taken back: change it again, which shows what it alters first";
  const was = onlyOf(entry, [...plain, ...days], why);
  mustMayBack(maySay(mayEditSettings, context.actor, undefined));
  const [now] = await context.tx.select().from(settings).for("update");
  mustStandInPart(entry, now!);
  const [after] = await context.tx.update(settings).set(was).returning();
  await leaveGatedToToday(context.tx, { before: now!.gateFrom, after: after!.gateFrom }, context.today);
  noteBack(context, entry, now, after);
}

export async function mappingBack(context: WriteContext, entry: Entry): Promise<void> {
  const was = onlyOf(entry, ["kind", "document"], ENTERED);
  const same = eq(mappings.id, entry.subjectId);
  const [now] = await context.tx.select().from(mappings).where(same).for("update");
  mustStandInPart(entry, now ?? {});
  for (const kind of [now?.kind, was.kind ?? now?.kind])
    mustMayBack(maySay(mayImport, context.actor, { kind: kind as Kind }));
  const [after] = await context.tx.update(mappings).set(was).where(same).returning();
  noteBack(context, entry, now, after);
}

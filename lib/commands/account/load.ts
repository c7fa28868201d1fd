import { and, eq, isNull, ne } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { sessions, users } from "@/db/schema/people";
import { Refusal } from "@/lib/errors";
import type { WriteContext } from "../verb";
import type { OfPerson } from "./guards";

export type PersonRow = typeof users.$inferSelect;

/** A person as guards see them. */
export async function guardedPerson(db: Db, person: PersonRow): Promise<OfPerson> {
  const { id, name, role, demo } = person;
  const [disabled, erased] = [person.disabledAt !== null, person.erasedAt !== null];
  if (role !== "admin" || disabled) return { id, name, role, disabled, erased, demo, lastAdmin: false };
  const others = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.role, "admin"),
        isNull(users.disabledAt),
        ne(users.id, id),
        demo ? undefined : eq(users.demo, false),
      ),
    )
    .limit(1);
  return { id, name, role, disabled, erased, demo, lastAdmin: others.length === 0 };
}

/** Locks and loads a person. */
export async function lockPerson({ tx }: WriteContext, userId: string) {
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
  if (!row) {
    throw new Refusal({ code: "not_found", field: "userId", value: userId, rule: "there is no such person" });
  }
  return { ...(await guardedPerson(tx, row)), row };
}

/** A person as the audit log may keep them: nothing of their password but when it was set. */
export function auditedPerson({ passwordHash: _, ...person }: PersonRow): Omit<PersonRow, "passwordHash"> {
  return person;
}

/** Ends every session of a person, but the one that is told. */
export async function endSessions({ tx }: WriteContext, userId: string, but?: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: new Date() })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        but === undefined ? undefined : ne(sessions.id, but),
      ),
    );
}

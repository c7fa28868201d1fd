import { asc, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import type { Actor } from "@/lib/auth/actor";
import { mayDecideException, type OfException, type Side, sideOf } from "@/lib/commands/exception/guards";
import { maySay } from "@/lib/commands/guard";
import { named } from "./exception-lines";
import type { ExceptionDetail } from "./exception-shapes";

type Deputy = ExceptionDetail["deputies"][number];

/** Who decides in place of a side now: of all its cases, and of one when it is asked for. */
export async function standingDeputies(db: Db, exceptionId: string | null): Promise<Deputy[]> {
  const rows = await db.execute<Deputy & Record<string, unknown>>(sql`
    select d.side::text as side, ${named("users", sql`d.user_id`)} as person,
      d.exception_id is not null as "forThisCase"
    from deputies d
    where d.ended_on is null and (d.exception_id is null or d.exception_id = ${exceptionId})
    order by d.side, d.exception_id is null`);
  return [...rows];
}

/** Who the door would let decide, by side: the guard is asked for everybody who can sign in. */
export async function decidersOf(db: Db, subject: OfException): Promise<ExceptionDetail["deciders"]> {
  const people = await db
    .select({ id: users.id, name: users.name, role: users.role, demo: users.demo })
    .from(users)
    .where(isNull(users.disabledAt))
    .orderBy(asc(users.name), asc(users.id));
  const deciders: Record<Side, { id: string; name: string }[]> = { finance: [], partnerships: [] };
  // Whether somebody may at all: what is settled or frozen is so for everybody.
  const open = { ...subject, settledOn: null, frozen: false };
  for (const { id, name, role, demo } of people) {
    const actor: Actor = { id: `user:${id}`, userId: id, name, role, ownerName: null, demo };
    const side = sideOf(actor, subject.deputies);
    if (side && maySay(mayDecideException, actor, open) === true) deciders[side].push({ id, name });
  }
  return deciders;
}

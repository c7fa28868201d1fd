import { asc, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { MAY_BE_DEPUTY, mayNameDeputy, SIDES as SIDE_OF_ROLE } from "@/lib/commands/exception/guards";
import { maySay } from "@/lib/commands/guard";
import { defineQuery } from "../query";
import { dayShape, mayShape, namedShape } from "../shapes";
import { named } from "./exception-lines";
import { SIDES } from "./exception-shapes";

interface Row extends Record<string, unknown> {
  side: (typeof SIDES)[number];
  person: { id: string; name: string };
  namedBy: { id: string; name: string };
  namedOn: string;
}

/** Who decides in place of finance or of partnerships, and whom the asker could name (§8.6). */
export const deputies = defineQuery({
  name: "deputies",
  summary: "Who decides in place of a side, and whom one could name for one's own.",
  input: z.strictObject({}),
  output: z.object({
    /** Of all of a side's cases; those of one case are told with it. */
    standing: z.array(
      z.object({ side: z.enum(SIDES), person: namedShape, namedBy: namedShape, namedOn: dayShape }),
    ),
    /** The side that the asker names for; null for everybody else. */
    side: z.enum(SIDES).nullable(),
    /** Whom they may name, by name. */
    candidates: z.array(namedShape),
    may: z.object({ name: mayShape }),
  }),
  async run({ db, actor }) {
    const side = SIDE_OF_ROLE[actor.role] ?? null;
    const [standing, people] = await Promise.all([
      db.execute<Row>(sql`
        select d.side::text as side, ${named("users", sql`d.user_id`)} as person,
          ${named("users", sql`d.named_by`)} as "namedBy", d.named_on::text as "namedOn"
        from deputies d where d.ended_on is null and d.exception_id is null order by d.side`),
      db
        .select({ id: users.id, name: users.name, role: users.role })
        .from(users)
        .where(isNull(users.disabledAt))
        .orderBy(asc(users.name), asc(users.id)),
    ]);
    const candidates = people.filter(
      ({ id, role }) => side !== null && id !== actor.userId && MAY_BE_DEPUTY[side].includes(role),
    );
    return {
      standing: [...standing],
      side,
      candidates: candidates.map(({ id, name }) => ({ id, name })),
      may: { name: maySay(mayNameDeputy, actor, { deputy: null, exception: null }) },
    };
  },
});

import { asc, isNull } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { defineQuery } from "../query";

/** Who can sign in, by name: the choices wherever somebody takes something on. No addresses. */
export const colleagues = defineQuery({
  name: "colleagues",
  summary: "The people who can sign in, by name and role: who may take something on.",
  input: z.strictObject({}),
  output: z.object({
    people: z.array(z.object({ id: z.string(), name: z.string(), role: z.enum(USER_ROLES) })),
  }),
  async run({ db }) {
    const people = await db
      .select({ id: users.id, name: users.name, role: users.role })
      .from(users)
      .where(isNull(users.disabledAt))
      .orderBy(asc(users.name), asc(users.id));
    return { people };
  },
});

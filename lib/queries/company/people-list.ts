import { asc } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { defineQuery } from "../query";

/** Everybody who can sign in, and those switched off. For those who manage people, and auditors. */
export const peopleList = defineQuery({
  name: "people-list",
  summary: "People with their role, and whether they can sign in.",
  only: ["admin", "auditor"],
  input: z.strictObject({}),
  output: z.object({
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        role: z.enum(USER_ROLES),
        ownerName: z.string().nullable(),
        disabled: z.boolean(),
        demo: z.boolean(),
      }),
    ),
  }),
  async run({ db }) {
    const rows = await db.select().from(users).orderBy(asc(users.name), asc(users.id));
    return {
      people: rows.map(({ id, name, email, role, ownerName, disabledAt, demo }) => ({
        id,
        name,
        email,
        role,
        ownerName,
        disabled: disabledAt !== null,
        demo,
      })),
    };
  },
});

import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { Refusal, refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";

export const editUser = defineVerb({
  name: "edit-user",
  summary: "Change a person's role, or switch their access on or off",
  input: z.strictObject({
    userId: field.id,
    changes: z
      .strictObject({
        name: field.line(200),
        role: z.enum(USER_ROLES, { error: `must be one of ${USER_ROLES.join(", ")}` }),
        ownerName: field.line(200).nullable(),
        disabled: z.boolean(),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ userId: z.string() }),
  guard: { may: "people.manage" },
  async run({ tx, actor, audit }, { userId, changes: { disabled, ...changes } }) {
    const [person] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
    if (!person) {
      throw new Refusal({
        code: "not_found",
        field: "userId",
        value: userId,
        rule: "there is no such person",
      });
    }
    if (userId === actor.userId && (disabled || (changes.role && changes.role !== person.role))) {
      refuse("userId", person.name, "nobody takes their own access away; ask another admin");
    }
    const [after] = await tx
      .update(users)
      .set({
        ...changes,
        ...(disabled === undefined ? {} : { disabledAt: disabled ? sql`now()` : null }),
        // Every session of this person ends: the next request reads who they are now (§9).
        sessionVersion: person.sessionVersion + 1,
      })
      .where(eq(users.id, userId))
      .returning();
    const { passwordHash: _old, ...before } = person;
    const { passwordHash: _new, ...now } = after!;
    audit({ subjectKind: "user", subjectId: userId, dealId: null, before, after: now });
    return { userId };
  },
});

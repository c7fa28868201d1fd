import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { mayEditUser } from "../account/guards";
import { auditedPerson, endSessions, lockPerson } from "../account/load";
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
        team: field.line(100).nullable(),
        disabled: z.boolean(),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ userId: z.string() }),
  guard: mayEditUser,
  async subject(context, { userId, changes: { role, disabled } }) {
    const person = await lockPerson(context, userId);
    const access =
      (role !== undefined && role !== person.role) ||
      (disabled !== undefined && disabled !== person.disabled);
    return { ...person, access };
  },
  stands: ({ row, disabled }) => ({ ...row, disabled }),
  async run(context, { userId, changes: { disabled, ...changes } }, { row, access }) {
    const { tx, audit } = context;
    const [after] = await tx
      .update(users)
      .set({
        ...changes,
        ...(disabled === undefined
          ? {}
          : { disabledAt: disabled ? sql`coalesce(disabled_at, now())` : null }),
      })
      .where(eq(users.id, userId))
      .returning();
    // The next request reads who they are now (§9), and somebody switched on again begins anew.
    if (access) await endSessions(context, userId);
    const [before, now] = [auditedPerson(row), auditedPerson(after!)];
    audit({ subjectKind: "user", subjectId: userId, dealId: null, before, after: now });
    return { userId };
  },
});

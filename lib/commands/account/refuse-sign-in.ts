import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import * as field from "../input";
import { defineVerb } from "../verb";
import { whenceShape } from "./whence";

const WHY = [
  "wrong password",
  "unknown address",
  "switched off",
  "no password set yet",
  "too many tries",
  "passwords are off",
  "single sign-on failed",
  "mail not verified",
  "belongs to nobody here",
  "no role for their groups",
] as const;
export type Why = (typeof WHY)[number];

/** Writes down that somebody was not let in. What they typed as an address is kept only when it is somebody's. */
export const refuseSignIn = defineVerb({
  name: "refuse-sign-in",
  summary: "Note a sign-in that failed",
  input: z.strictObject({
    /** Whose address was given; null when nobody's. */
    userId: field.id.nullable(),
    why: z.enum(WHY),
    whence: whenceShape,
    /** What the identity provider, or what was held against it, said; and who it was there. */
    said: field.line(300).optional(),
    subject: z.string().max(255).optional(),
  }),
  output: z.object({}),
  guard: { may: "account.keep", own: () => true },
  async run({ tx, audit }, { userId, why, said, subject, whence: { browser, origin } }) {
    const [person] = userId
      ? await tx.select({ name: users.name }).from(users).where(eq(users.id, userId))
      : [];
    const before = person ?? null;
    const after = { ...person, why, said, subject, browser, origin };
    audit({ subjectKind: "user", subjectId: userId ?? "unknown", dealId: null, before, after });
    return {};
  },
});

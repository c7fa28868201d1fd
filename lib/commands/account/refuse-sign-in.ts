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
  }),
  output: z.object({}),
  guard: { may: "account.keep", own: () => true },
  async run({ tx, audit }, { userId, why, whence: { browser, origin } }) {
    const [person] = userId
      ? await tx.select({ name: users.name }).from(users).where(eq(users.id, userId))
      : [];
    const before = person ?? null;
    const after = { ...person, why, browser, origin };
    audit({ subjectKind: "user", subjectId: userId ?? "unknown", dealId: null, before, after });
    return {};
  },
});

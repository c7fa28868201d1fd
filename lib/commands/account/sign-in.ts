import { randomBytes } from "node:crypto";
import { z } from "zod";
import { sessions } from "@/db/schema/people";
import { refuse } from "@/lib/errors";
import { defineVerb } from "../verb";
import { mayKeepAccount } from "./guards";
import { whenceShape } from "./whence";

/** Begins a session of the actor, whose password was proven before (try-sign-in.ts). */
export const signIn = defineVerb({
  name: "sign-in",
  summary: "Sign in",
  input: z.strictObject({ whence: whenceShape }),
  output: z.object({ session: z.string() }),
  guard: mayKeepAccount,
  tellsOnce: true,
  subject: async ({ actor }) => ({ userId: actor.userId ?? refuse("", actor.name, "only people sign in") }),
  async run({ tx, audit }, { whence }, { userId }) {
    const session = randomBytes(24).toString("base64url");
    await tx.insert(sessions).values({ id: session, userId, ...whence });
    const { browser, origin } = whence;
    audit({ subjectKind: "user", subjectId: userId, dealId: null, before: null, after: { browser, origin } });
    return { session };
  },
});

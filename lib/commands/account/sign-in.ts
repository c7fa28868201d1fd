import { randomBytes } from "node:crypto";
import { z } from "zod";
import { sessions } from "@/db/schema/people";
import { SIGN_IN_WAYS } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import { defineVerb } from "../verb";
import { mayKeepAccount } from "./guards";
import { whenceShape } from "./whence";

/** Begins a session of the actor, who was proven before: by password (try-sign-in.ts) or single sign-on (arrive.ts). */
export const signIn = defineVerb({
  name: "sign-in",
  summary: "Sign in",
  input: z.strictObject({ whence: whenceShape, way: z.enum(SIGN_IN_WAYS).default("password") }),
  output: z.object({ session: z.string() }),
  guard: mayKeepAccount,
  tellsOnce: true,
  subject: async ({ actor }) => ({ userId: actor.userId ?? refuse("", actor.name, "only people sign in") }),
  async run({ tx, audit }, { whence, way }, { userId }) {
    const session = randomBytes(24).toString("base64url");
    await tx.insert(sessions).values({ id: session, userId, way, ...whence });
    const { browser, origin } = whence;
    const after = { browser, origin, way };
    audit({ subjectKind: "user", subjectId: userId, dealId: null, before: null, after });
    return { session };
  },
});

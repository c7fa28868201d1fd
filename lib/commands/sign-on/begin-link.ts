import { sql } from "drizzle-orm";
import { z } from "zod";
import { challenges } from "@/db/schema/identities";
import { newToken, tokenHash } from "@/lib/auth/links";
import { signOnConfig } from "@/lib/auth/single-sign-on";
import { refuse } from "@/lib/errors";
import { mayKeepAccount } from "../account/guards";
import { mustKnowPassword } from "../in-person";
import { defineVerb } from "../verb";

/** For how long one may be on the way to the identity provider and back. */
const MINUTES = 10;

export const beginLink = defineVerb({
  name: "begin-link",
  summary:
    "Begin to link the company's own sign-in to one's account: once, within minutes, in this session. Asks for one's password",
  input: z.strictObject({ password: z.string().max(200) }),
  output: z.object({ token: z.string() }),
  guard: mayKeepAccount,
  tellsOnce: true,
  prepare: (context, { password }) => mustKnowPassword(context, password, "to link"),
  subject: async ({ actor }) => ({ userId: actor.userId ?? "" }),
  async run({ tx, actor, audit }, _, { userId }) {
    if (!signOnConfig()) refuse("", null, "single sign-on is not set up here");
    const sessionId = actor.sessionId ?? refuse("", null, "a person does this, signed in");
    const token = newToken();
    const expiresAt = sql`now() + make_interval(mins => ${MINUTES})`;
    await tx
      .insert(challenges)
      .values({ tokenHash: tokenHash(token), purpose: "link", userId, sessionId, expiresAt });
    const after = { linkWithin: `${MINUTES} minutes` };
    audit({ subjectKind: "user", subjectId: userId, dealId: null, before: null, after });
    return { token };
  },
});

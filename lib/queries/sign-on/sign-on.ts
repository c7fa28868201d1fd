import { desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { identities } from "@/db/schema/identities";
import { users } from "@/db/schema/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { signOnRules } from "@/lib/auth/sign-on-rules";
import { ownAddress, SIGN_ON_RETURN, signOnConfig } from "@/lib/auth/single-sign-on";
import { maySay } from "@/lib/commands/guard";
import { mayEditSignOn } from "@/lib/commands/sign-on/guards";
import { defineQuery } from "../query";
import { mayShape, namedShape } from "../shapes";

/** How many who came are shown; an admin says who they are, so they are never many. */
const SHOWN = 200;

/** How people come by the company's own sign-in: what is set up, by which rules, who came. */
export const signOn = defineQuery({
  name: "sign-on",
  summary: "Single sign-on: the identity provider, its rules here, and who came by it.",
  only: ["admin", "auditor"],
  fresh: true,
  input: z.strictObject({}),
  output: z.object({
    /** Null where the environment names no identity provider. */
    provider: z.object({ issuer: z.string(), clientId: z.string(), scopes: z.string() }).nullable(),
    /** Where it sends people back to: below the address, which is null for whatever the browser has. */
    returns: z.object({ address: z.string().nullable(), path: z.string() }),
    rules: z.object({
      groupsClaim: z.string(),
      groups: z.array(z.object({ group: z.string(), role: z.enum(USER_ROLES) })),
      provisions: z.boolean(),
      passwordsOff: z.boolean(),
    }),
    /** Those who belong to nobody first, then the latest. */
    identities: z.array(
      z.object({
        issuer: z.string(),
        subject: z.string(),
        email: z.string(),
        name: z.string(),
        person: namedShape.nullable(),
        linkedAt: z.iso.datetime().nullable(),
        seenAt: z.iso.datetime(),
      }),
    ),
    may: z.object({ edit: mayShape }),
  }),
  async run({ db, actor }) {
    const config = signOnConfig();
    const rules = await signOnRules(db);
    const rows = await db
      .select({ identity: identities, user: { id: users.id, name: users.name } })
      .from(identities)
      .leftJoin(users, eq(users.id, identities.userId))
      .orderBy(sql`${identities.userId} is not null`, desc(identities.seenAt), identities.subject)
      .limit(SHOWN);
    return {
      provider: config && { issuer: config.issuer, clientId: config.clientId, scopes: config.scopes },
      returns: { address: ownAddress(), path: SIGN_ON_RETURN },
      rules,
      identities: rows.map(({ identity: { issuer, subject, email, name, linkedAt, seenAt }, user }) => ({
        ...{ issuer, subject, email, name, person: user },
        linkedAt: linkedAt?.toISOString() ?? null,
        seenAt: seenAt.toISOString(),
      })),
      may: { edit: maySay(mayEditSignOn, actor, undefined) },
    };
  },
});

import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/connection/transaction";
import { signOnGroups } from "@/db/schema/identities";
import { sessions } from "@/db/schema/people";
import { settings } from "@/db/schema/settings";
import type { Actor } from "@/lib/auth/actor";
import { type GroupRole, type SignOnRules, signOnRules } from "@/lib/auth/sign-on-rules";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayEditSignOn } from "./guards";
import { groupsShape } from "./load";

export const editSignOn = defineVerb({
  name: "edit-sign-on",
  summary: "Change which group is which role, whom single sign-on lets in, and whether passwords do",
  input: z.strictObject({
    changes: z
      .strictObject({
        groupsClaim: field.line(200),
        groups: groupsShape,
        provisions: z.boolean(),
        passwordsOff: z.boolean(),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({}),
  guard: mayEditSignOn,
  async subject({ tx }) {
    await tx.execute(sql`select from settings for update`);
    return signOnRules(tx);
  },
  stands: (rules) => ({ ...rules }),
  async run({ tx, actor, audit }, { changes }, before) {
    const after: SignOnRules = { ...before, ...changes };
    if (after.provisions && after.groups.length === 0)
      refuse(
        "changes.provisions",
        true,
        "needs a group that has a role: whom else would it let in, and as what",
      );
    if (after.passwordsOff && !before.passwordsOff) await mustHaveComeBySignOn(tx, actor);
    if (changes.groups) await replaceGroups(tx, changes.groups);
    const { groupsClaim, provisions } = changes;
    await tx.update(settings).set({
      ...(groupsClaim !== undefined && { signOnGroupsClaim: groupsClaim }),
      ...(provisions !== undefined && { signOnProvisions: provisions }),
      passwordsOffSince: after.passwordsOff ? sql`coalesce(${settings.passwordsOffSince}, now())` : null,
    });
    audit({ subjectKind: "settings", subjectId: "sign-on", dealId: null, before, after });
    return {};
  },
});

/** Whoever shuts the other door stands in this one: a single sign-on that lets nobody in must not be the last way. */
async function mustHaveComeBySignOn(tx: Tx, { sessionId }: Actor): Promise<void> {
  const [session] = await tx
    .select({ way: sessions.way })
    .from(sessions)
    .where(eq(sessions.id, sessionId ?? ""));
  if (session?.way !== "single_sign_on")
    refuse(
      "changes.passwordsOff",
      true,
      "is for an admin who came by single sign-on: then it is known to work",
    );
}

async function replaceGroups(tx: Tx, groups: readonly GroupRole[]): Promise<void> {
  await tx.delete(signOnGroups);
  if (groups.length > 0)
    await tx.insert(signOnGroups).values(groups.map((one, place) => ({ ...one, place })));
}

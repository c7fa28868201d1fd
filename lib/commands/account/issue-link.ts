import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { passwordLinks } from "@/db/schema/people";
import { LINK_HOURS, newToken, tokenHash } from "@/lib/auth/links";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayIssueLink } from "./guards";
import { lockPerson } from "./load";

export const issueLink = defineVerb({
  name: "issue-link",
  summary:
    "Make a link by which a person sets their own password, once and within a day; the one before dies",
  input: z.strictObject({ userId: field.id }),
  output: z.object({
    /** For the page's address (lib/auth/links.ts); told here and never again. */
    token: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  guard: mayIssueLink,
  tellsOnce: true,
  subject: (context, { userId }) => lockPerson(context, userId),
  async run(context, { userId }, { row }) {
    const { token, expiresAt } = await makeLink(context, userId);
    const after = { name: row.name, linkUntil: expiresAt };
    context.audit({
      subjectKind: "user",
      subjectId: userId,
      dealId: null,
      before: { name: row.name },
      after,
    });
    return { token, expiresAt };
  },
});

/** Makes a person's one link that works; the one before dies. */
export async function makeLink(
  { tx, actor }: WriteContext,
  userId: string,
): Promise<{ token: string; expiresAt: string }> {
  const { usedAt, revokedAt } = passwordLinks;
  await tx
    .update(passwordLinks)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(passwordLinks.userId, userId), isNull(usedAt), isNull(revokedAt)));
  const token = newToken();
  const [link] = await tx
    .insert(passwordLinks)
    .values({
      id: newId("L"),
      userId,
      tokenHash: tokenHash(token),
      issuedBy: actor.id,
      expiresAt: sql`now() + make_interval(hours => ${LINK_HOURS})`,
    })
    .returning();
  return { token, expiresAt: link!.expiresAt.toISOString() };
}

import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { noticeChoices } from "@/db/schema/notices";
import { refuse } from "@/lib/errors";
import { firstChoice, NOTICE_CHOICES, NOTICE_KINDS } from "@/lib/metrics/notice-kinds";
import { mayKeepAccount } from "../account/guards";
import { defineVerb } from "../verb";

export const chooseNotice = defineVerb({
  name: "choose-notice",
  summary: "Say how one wants to be told of a kind of notice: by mail, in the chat, or not at all",
  input: z.strictObject({ kind: z.enum(NOTICE_KINDS), choice: z.enum(NOTICE_CHOICES) }),
  output: z.object({ choice: z.enum(NOTICE_CHOICES) }),
  guard: mayKeepAccount,
  subject: async ({ actor }) => ({ userId: actor.userId ?? "" }),
  async run({ tx, audit }, { kind, choice }, { userId }) {
    if (userId === "") refuse("kind", kind, "a person chooses, signed in");
    const its = and(eq(noticeChoices.userId, userId), eq(noticeChoices.kind, kind));
    const [before] = await tx.select().from(noticeChoices).where(its).for("update");
    if ((before?.choice ?? firstChoice(kind)) === choice) refuse("choice", choice, "is chosen already");
    const row = { userId, kind, choice };
    await tx
      .insert(noticeChoices)
      .values(row)
      .onConflictDoUpdate({ target: [noticeChoices.userId, noticeChoices.kind], set: { choice } });
    audit({
      ...{ subjectKind: "notice_choice", subjectId: kind, dealId: null },
      ...{ before: before ?? { ...row, choice: firstChoice(kind) }, after: row },
    });
    return { choice };
  },
});

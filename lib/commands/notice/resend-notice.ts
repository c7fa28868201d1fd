import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { notices } from "@/db/schema/notices";
import { users } from "@/db/schema/people";
import { Refusal } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayResendNotice } from "./guards";

export const resendNotice = defineVerb({
  name: "resend-notice",
  summary: "Have a notice that did not arrive tried again now, by the way that its person has chosen since",
  input: z.strictObject({ noticeId: field.id }),
  output: z.object({ noticeId: z.string() }),
  guard: mayResendNotice,
  async subject({ tx }, { noticeId }) {
    const { toId, state, attempts, problem, dealId } = notices;
    const [found] = await tx
      .select({ toId, toName: users.name, state, attempts, problem, dealId })
      .from(notices)
      .innerJoin(users, eq(users.id, toId))
      .where(eq(notices.id, noticeId))
      .for("update", { of: notices });
    if (!found)
      throw new Refusal({
        ...{ code: "not_found", field: "noticeId", value: noticeId },
        rule: "there is no notice with this id",
      });
    return found;
  },
  async run({ tx, audit }, { noticeId }, { state, attempts, problem, dealId }) {
    const anew = { state: "waiting" as const, attempts: 0, problem: null };
    await tx
      .update(notices)
      .set({ ...anew, dueAt: sql`now()`, heldUntil: null })
      .where(eq(notices.id, noticeId));
    const before = { state, attempts, problem };
    audit({ subjectKind: "notice", subjectId: noticeId, dealId, before, after: { ...anew, again: true } });
    return { noticeId };
  },
});

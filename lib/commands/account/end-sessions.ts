import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { sessions } from "@/db/schema/people";
import { refuse } from "@/lib/errors";
import { defineVerb } from "../verb";
import { mayKeepAccount } from "./guards";

export const endSessions = defineVerb({
  name: "end-sessions",
  summary: "End sessions of one's own: sign out here, or in other browsers",
  input: z.strictObject({ sessions: z.array(z.string().min(1).max(100)).min(1).max(500) }),
  output: z.object({ ended: z.int() }),
  guard: mayKeepAccount,
  async subject({ tx, actor }, { sessions: ids }) {
    const found = await tx.select().from(sessions).where(inArray(sessions.id, ids)).for("update");
    const stranger = found.find(({ userId }) => userId !== actor.userId);
    return { userId: stranger?.userId ?? actor.userId ?? "", found };
  },
  async run({ tx, audit }, _, { userId, found }) {
    if (found.length === 0) refuse("sessions", null, "there is no such session");
    const open = found.filter(({ endedAt }) => endedAt === null);
    await tx
      .update(sessions)
      .set({ endedAt: new Date() })
      .where(
        and(
          inArray(
            sessions.id,
            open.map(({ id }) => id),
          ),
          eq(sessions.userId, userId),
          isNull(sessions.endedAt),
        ),
      );
    for (const { browser, origin, createdAt } of open) {
      const before = { browser, origin, since: createdAt };
      audit({ subjectKind: "user", subjectId: userId, dealId: null, before, after: null });
    }
    return { ended: open.length };
  },
});

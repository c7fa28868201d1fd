import { z } from "zod";
import { reviews } from "@/db/schema/reviews";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayStartReview } from "./guards";
import { lockReview, quarterSubject } from "./load";

export const startReview = defineVerb({
  name: "start-review",
  summary: "Start a quarter's review, or join the one that was started",
  input: z.strictObject({ quarter: field.quarter }),
  output: z.object({ quarter: z.string(), version: z.int(), turn: z.int(), started: z.boolean() }),
  guard: mayStartReview,
  subject: (context, { quarter }) => quarterSubject(context, quarter),
  async run(context, { quarter }) {
    const { tx, actor, demo, audit } = context;
    const { to } = (await quarterSubject(context, quarter)).quarter;
    const [made] = await tx
      .insert(reviews)
      .values({ quarter, fallsOn: to, facilitatorId: actor.userId, demo })
      .onConflictDoNothing()
      .returning();
    if (made) audit({ subjectKind: "review", subjectId: quarter, dealId: null, before: null, after: made });
    const { version, turn } = made ?? (await lockReview(context, quarter))!;
    return { quarter, version, turn, started: made !== undefined };
  },
});

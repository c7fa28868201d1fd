import { z } from "zod";
import { learnings } from "@/db/schema/policies";
import { fiscalYear, settings } from "@/db/schema/settings";
import { quarterOf } from "@/lib/calendar";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";

export const recordLearning = defineVerb({
  name: "record-learning",
  summary: "Keep a wish or a learning for the annual amendment",
  input: z.strictObject({ text: field.line(2000) }),
  output: z.object({ learningId: z.string() }),
  guard: { may: "learning.record" },
  async run({ tx, actor, today, demo, audit }, { text }) {
    const [company] = await tx.select({ fiscalYear }).from(settings);
    const learning = {
      id: newId("L"),
      text,
      quarter: quarterOf(today, company?.fiscalYear).label,
      fallsOn: today,
      source: "wish",
      recordedBy: actor.userId,
      demo,
    };
    await tx.insert(learnings).values(learning);
    audit({ subjectKind: "learning", subjectId: learning.id, dealId: null, before: null, after: learning });
    return { learningId: learning.id };
  },
});

import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { auditSamples } from "@/db/schema/audit-samples";
import * as field from "../input";
import { defineVerb } from "../verb";
import { maySignOffSample } from "./guards";
import { lockSample } from "./load";

export const signOffSample = defineVerb({
  name: "sign-off-sample",
  summary: "Sign off a sample that others drew and ticked, with a conclusion",
  input: z.strictObject({ sampleId: field.id, conclusion: field.line(2000) }),
  output: z.object({ sampleId: z.string() }),
  guard: maySignOffSample,
  subject: (context, { sampleId }) => lockSample(context, sampleId),
  async run({ tx, actor, audit }, { sampleId, conclusion }, { row: before }) {
    const [after] = await tx
      .update(auditSamples)
      .set({
        ...{ signedOffBy: actor.userId!, signedOffByName: actor.name, conclusion },
        signedOffAt: sql`now()` as never,
      })
      .where(eq(auditSamples.id, sampleId))
      .returning();
    audit({ subjectKind: "audit_sample", subjectId: sampleId, dealId: null, before, after });
    return { sampleId };
  },
});

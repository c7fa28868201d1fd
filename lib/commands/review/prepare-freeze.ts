import { sql } from "drizzle-orm";
import { z } from "zod";
import { freezePreparations } from "@/db/schema/reviews";
import { draftSeal } from "@/lib/sealing/draft-seal";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayPrepareFreeze } from "./guards";
import { closeSubject, holdStill } from "./load";

export const prepareFreeze = defineVerb({
  name: "prepare-freeze",
  summary: "Prepare a quarter's freeze: the checklist as it stands, and what another person is to freeze",
  input: z.strictObject({ quarter: field.quarter }),
  output: z.object({ quarter: z.string(), digest: z.string() }),
  guard: mayPrepareFreeze,
  timeoutMs: 300_000,
  async subject(context, { quarter }) {
    await holdStill(context);
    return closeSubject(context, quarter);
  },
  async run(context, { quarter: label }, { quarter, checklist, preparation }) {
    const { tx, actor, today, demo, audit, tell } = context;
    const { digest } = await draftSeal(tx, quarter, today, await context.policies());
    const prepared = {
      quarter: label,
      preparedBy: actor.userId!,
      preparedByName: actor.name,
      checklist,
      digest,
      demo,
    };
    await tx
      .insert(freezePreparations)
      .values(prepared)
      .onConflictDoUpdate({
        target: freezePreparations.quarter,
        set: { ...prepared, preparedAt: sql`now()` },
      });
    audit({
      subjectKind: "quarter",
      subjectId: label,
      dealId: null,
      before: preparation && { prepared: preparation },
      after: { prepared: { by: { id: actor.userId, name: actor.name }, checklist, digest } },
    });
    tell({ to: { roles: ["finance"] }, dealId: null, about: { kind: "freeze_prepared", quarter: label } });
    return { quarter: label, digest };
  },
});

import { sql } from "drizzle-orm";
import { z } from "zod";
import { evidenceModels } from "@/db/schema/evidence";
import { Refusal } from "@/lib/errors";
import { defineVerb } from "../verb";
import { mayKeepModel } from "./guards";

export const removeEvidenceModel = defineVerb({
  name: "remove-evidence-model",
  summary: "Have no model read evidence any more; what it proposed so far still waits for a person",
  input: z.strictObject({}),
  output: z.object({}),
  guard: mayKeepModel,
  async run({ tx, audit }) {
    const [before] = await tx.delete(evidenceModels).returning();
    if (!before)
      throw new Refusal({ code: "not_found", field: "", value: null, rule: "no model reads evidence" });
    // What waited for it and tells of nothing else is not kept.
    await tx.execute(sql`
      delete from evidence_files f using model_readings r
      where r.evidence_id = f.id and r.state = 'waiting'
        and not exists (select from evidence_proposals p where p.evidence_id = f.id)`);
    await tx.execute(sql`delete from model_readings where state = 'waiting'`);
    const { address, model } = before;
    const shown = { address, model };
    audit({ subjectKind: "evidence_model", subjectId: "one", dealId: null, before: shown, after: null });
    return {};
  },
});

import { eq } from "drizzle-orm";
import { z } from "zod";
import { mappings } from "@/db/schema/imports";
import { parseMapping } from "@/lib/interchange/mapping";
import * as field from "../input";
import { newId } from "../new-id";
import { ruled } from "../parse";
import { defineVerb } from "../verb";
import { mayImport } from "./guards";

export const saveMapping = defineVerb({
  name: "save-mapping",
  summary: "Save how a foreign CSV becomes the interchange format; the same name again replaces it",
  input: z.strictObject({
    name: field.line(100),
    /** The mapping document of imports.md (lib/interchange/mapping.ts). */
    document: z.record(z.string(), z.unknown()).transform(ruled((_field, value) => parseMapping(value))),
  }),
  output: z.object({ mappingId: z.string() }),
  guard: mayImport,
  subject: async (_, { document: { kind } }) => ({ kind }),
  async run({ tx, actor, audit }, { name, document }) {
    const [before] = await tx.select().from(mappings).where(eq(mappings.name, name)).for("update");
    const mappingId = before?.id ?? newId("M");
    const after = { id: mappingId, name, kind: document.kind, document };
    if (before) {
      await tx.update(mappings).set({ kind: document.kind, document }).where(eq(mappings.id, mappingId));
    } else await tx.insert(mappings).values({ ...after, createdBy: actor.userId });
    const stood = before && { id: mappingId, name, kind: before.kind, document: before.document };
    audit({ subjectKind: "mapping", subjectId: mappingId, dealId: null, before: stood ?? null, after });
    return { mappingId };
  },
});

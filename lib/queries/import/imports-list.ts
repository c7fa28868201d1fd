import { desc } from "drizzle-orm";
import { z } from "zod";
import { imports } from "@/db/schema/imports";
import { defineQuery } from "../query";

/** What files landed, newest first, and what became of their rows. */
export const importsList = defineQuery({
  name: "imports-list",
  summary: "Landed files, newest first, with how many rows were created, updated and refused.",
  input: z.strictObject({ limit: z.int().min(1).max(500).default(50) }),
  output: z.object({
    imports: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        fileName: z.string(),
        read: z.int(),
        created: z.int(),
        updated: z.int(),
        unchanged: z.int(),
        refused: z.int(),
        importedBy: z.string(),
        at: z.iso.datetime(),
      }),
    ),
  }),
  async run({ db }, { limit }) {
    const rows = await db.select().from(imports).orderBy(desc(imports.at), desc(imports.id)).limit(limit);
    return { imports: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
  },
});

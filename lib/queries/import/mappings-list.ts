import { asc } from "drizzle-orm";
import { z } from "zod";
import { mappings } from "@/db/schema/imports";
import { defineQuery } from "../query";

/** Saved mappings for foreign CSV files (imports.md), by name. */
export const mappingsList = defineQuery({
  name: "mappings-list",
  summary: "Saved mappings for foreign CSV files.",
  input: z.strictObject({}),
  output: z.object({
    mappings: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        /** The mapping document of imports.md, as it was saved. */
        document: z.unknown(),
        createdAt: z.iso.datetime(),
      }),
    ),
  }),
  async run({ db }) {
    const rows = await db.select().from(mappings).orderBy(asc(mappings.name));
    return {
      mappings: rows.map(({ id, name, kind, document, createdAt }) => ({
        id,
        name,
        kind,
        document,
        createdAt: createdAt.toISOString(),
      })),
    };
  },
});

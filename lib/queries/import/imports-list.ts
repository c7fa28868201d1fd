import { desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { imports } from "@/db/schema/imports";
import { users } from "@/db/schema/people";
import { EVIDENCE_SOURCES } from "@/lib/attribution/vocabulary";
import { maySay } from "@/lib/commands/guard";
import { mayAcceptImport, mayTakeBackImport } from "@/lib/commands/import/guards";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";

/** What files landed, newest first: what each was, who brought it, what became of its rows, who stands behind it. */
export const importsList = defineQuery({
  name: "imports-list",
  summary: "Landed files, newest first: digest, source, who brought and who accepted them, and their rows.",
  input: z.strictObject({ limit: z.int().min(1).max(500).default(50) }),
  output: z.object({
    imports: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        fileName: z.string(),
        /** Null where whoever sent the file did not say. */
        sha256: z.string().nullable(),
        bytes: z.int().nullable(),
        source: z.enum(EVIDENCE_SOURCES).nullable(),
        read: z.int(),
        created: z.int(),
        updated: z.int(),
        unchanged: z.int(),
        refused: z.int(),
        /** A person's name; null for the command line and what else is no person. */
        importedBy: z.string().nullable(),
        at: z.iso.datetime(),
        /** Null while it lands, or where it was cut off. */
        finishedAt: z.iso.datetime().nullable(),
        acceptedOn: z.string().nullable(),
        acceptedBy: z.string().nullable(),
        takenBackAt: z.iso.datetime().nullable(),
        takenBackBy: z.string().nullable(),
        may: z.object({ accept: mayShape, takeBack: mayShape }),
      }),
    ),
  }),
  async run({ db, actor }, { limit }) {
    const nameOf = (person: unknown) => sql<string | null>`(
      select name from ${users} where 'user:' || id = ${person})`;
    const rows = await db
      .select({
        file: imports,
        importer: nameOf(imports.importedBy),
        accepter: users.name,
        taker: nameOf(imports.takenBackBy),
      })
      .from(imports)
      .leftJoin(users, eq(users.id, imports.acceptedBy))
      // What a connection brings is shown with it.
      .where(isNull(imports.connectionId))
      .orderBy(desc(imports.at), desc(imports.id))
      .limit(limit);
    return {
      imports: rows.map(({ file, importer, accepter, taker }) => ({
        ...file,
        importedBy: importer,
        at: file.at.toISOString(),
        finishedAt: file.finishedAt?.toISOString() ?? null,
        acceptedBy: accepter,
        takenBackAt: file.takenBackAt?.toISOString() ?? null,
        takenBackBy: taker,
        may: {
          accept: maySay(mayAcceptImport, actor, { file }),
          takeBack: maySay(mayTakeBackImport, actor, { file }),
        },
      })),
    };
  },
});

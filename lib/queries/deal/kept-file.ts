import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { notes } from "@/db/schema/notes";
import { Refusal } from "@/lib/errors";
import { defineQuery } from "../query";

/** A file kept as proof, held against its hash before anybody sees it (§1 proof). */
export const keptFile = defineQuery({
  name: "kept-file",
  summary: "A file kept here as proof, by its SHA-256; refused when its bytes are no longer those.",
  input: z.strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 is written in 64 hexadecimal digits"),
  }),
  output: z.object({
    name: z.string(),
    type: z.string(),
    /** Its bytes in base64. */
    content: z.string(),
  }),
  async run({ db }, { sha256 }) {
    const [kept] = await db
      .select({ name: notes.fileName, type: notes.fileType, file: notes.file })
      .from(notes)
      .where(eq(notes.id, `sha256-${sha256}`));
    if (!kept?.file || !kept.name || !kept.type)
      throw new Refusal({
        code: "not_found",
        field: "sha256",
        value: sha256,
        rule: "no file with this hash is kept here",
      });
    const found = createHash("sha256").update(kept.file).digest("hex");
    if (found !== sha256)
      throw new Refusal({
        code: "conflict",
        field: "sha256",
        value: found,
        rule: "the file that is kept is not the one with this hash: somebody changed it past the application",
      });
    return { name: kept.name, type: kept.type, content: Buffer.from(kept.file).toString("base64") };
  },
});

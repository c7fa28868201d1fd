import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { notes } from "@/db/schema/notes";
import { fileType, LARGEST_FILE } from "@/lib/attribution/proof-file";
import { refuse } from "@/lib/errors";
import { lockDeal } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayLogActivity } from "./guards";

/** Characters of base64 that the largest file takes. */
const LONGEST = Math.ceil(LARGEST_FILE / 3) * 4;

export const keepFile = defineVerb({
  name: "keep-file",
  summary: "Keep a file here as the proof of an activity, by its SHA-256; it stays what it is now",
  input: z.strictObject({
    dealId: field.id,
    /** With its ending. */
    name: field.line(200),
    /** Its bytes in base64. */
    content: z.string({ error: "must be base64" }).max(LONGEST, "is larger than 5 MB; give a link to it"),
  }),
  /** How a proof names it: the same file is the same proof, whoever keeps it. */
  output: z.object({ proof: z.string(), sha256: z.string() }),
  guard: mayLogActivity,
  subject: async (context, { dealId }) => ({ deal: await lockDeal(context, dealId) }),
  async run({ tx, actor, today, demo, audit }, { dealId, name, content }) {
    const file = Buffer.from(content, "base64");
    if (file.toString("base64") !== content) refuse("content", content.slice(0, 20), "must be base64");
    const read = fileType(name, file);
    if ("problem" in read) refuse("name", name, read.problem);
    const sha256 = createHash("sha256").update(file).digest("hex");
    const id = `sha256-${sha256}`;
    const kept = { text: name, fileName: name, fileType: read.type, fileSha256: sha256 };
    const note = { id, ...kept, recordedOn: today, recordedBy: actor.userId, demo };
    const [added] = await tx
      .insert(notes)
      .values({ ...note, file })
      .onConflictDoNothing()
      .returning({ id: notes.id });
    const [stands] = await tx
      .select({ sha256: notes.fileSha256, recordedOn: notes.recordedOn, recordedBy: notes.recordedBy })
      .from(notes)
      .where(eq(notes.id, id));
    const after = { ...note, bytes: file.length };
    audit({ subjectKind: "note", subjectId: id, dealId, before: added ? null : stands, after });
    return { proof: `note:${id}`, sha256 };
  },
});

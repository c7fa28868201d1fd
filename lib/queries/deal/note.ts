import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { notes } from "@/db/schema/notes";
import { users } from "@/db/schema/people";
import { defineQuery } from "../query";
import { dayShape } from "../shapes";

/** What is kept under a proof `note:…`: a text, or a file. One of another system's notes is not kept here. */
export const note = defineQuery({
  name: "note",
  summary:
    "A note or file kept here as proof: what it says, its day and who kept it; null when it is kept elsewhere.",
  input: z.strictObject({ id: z.string().min(1).max(4000) }),
  output: z.object({
    note: z
      .object({
        text: z.string(),
        recordedOn: dayShape,
        by: z.string().nullable(),
        /** Of a file; `intact` while its bytes are still those of its hash. */
        file: z
          .object({ name: z.string(), bytes: z.int(), sha256: z.string(), intact: z.boolean() })
          .nullable(),
      })
      .nullable(),
  }),
  async run({ db }, { id }) {
    const [kept] = await db
      .select({
        ...{ text: notes.text, recordedOn: notes.recordedOn, by: users.name },
        ...{ name: notes.fileName, sha256: notes.fileSha256 },
        bytes: sql<number | null>`length(${notes.file})`,
        intact: sql<boolean | null>`encode(sha256(${notes.file}), 'hex') = ${notes.fileSha256}
          and ${notes.id} = 'sha256-' || ${notes.fileSha256}`,
      })
      .from(notes)
      .leftJoin(users, eq(users.id, notes.recordedBy))
      .where(eq(notes.id, id));
    if (!kept) return { note: null };
    const { text, recordedOn, by, name, sha256, bytes, intact } = kept;
    const file =
      name === null || sha256 === null || bytes === null
        ? null
        : { name, sha256, bytes, intact: intact === true };
    return { note: { text, recordedOn, by, file } };
  },
});

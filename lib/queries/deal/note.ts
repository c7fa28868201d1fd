import { eq } from "drizzle-orm";
import { z } from "zod";
import { notes } from "@/db/schema/notes";
import { users } from "@/db/schema/people";
import { defineQuery } from "../query";
import { dayShape } from "../shapes";

/** The text that a proof `note:…` names. One of another system's notes is not kept here. */
export const note = defineQuery({
  name: "note",
  summary: "A note kept here as proof: its text, its day and who wrote it; null when it is kept elsewhere.",
  input: z.strictObject({ id: z.string().min(1).max(4000) }),
  output: z.object({
    note: z.object({ text: z.string(), recordedOn: dayShape, by: z.string().nullable() }).nullable(),
  }),
  async run({ db }, { id }) {
    const [kept] = await db
      .select({ text: notes.text, recordedOn: notes.recordedOn, by: users.name })
      .from(notes)
      .leftJoin(users, eq(users.id, notes.recordedBy))
      .where(eq(notes.id, id));
    return { note: kept ?? null };
  },
});

import { z } from "zod";
import { notes } from "@/db/schema/notes";
import { lockDeal } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayLogActivity } from "./guards";

export const keepNote = defineVerb({
  name: "keep-note",
  summary: "Keep a note here as the proof of an activity; it says for ever what it says now",
  input: z.strictObject({ dealId: field.id, text: field.line(4000) }),
  /** How a proof names it. */
  output: z.object({ proof: z.string() }),
  guard: mayLogActivity,
  subject: async (context, { dealId }) => ({ deal: await lockDeal(context, dealId) }),
  async run({ actor, today, demo, add, audit }, { dealId, text }) {
    const note = { id: newId("N"), text, recordedOn: today, recordedBy: actor.userId, demo };
    add(notes, note);
    audit({ subjectKind: "note", subjectId: note.id, dealId, before: null, after: note });
    return { proof: `note:${note.id}` };
  },
});

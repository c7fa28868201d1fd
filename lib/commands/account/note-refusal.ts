import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";

/** Writes down that somebody asked for what is not theirs to do. */
export const noteRefusal = defineVerb({
  name: "note-refusal",
  summary: "Note a write that was refused because of who asked",
  input: z.strictObject({ wanted: field.line(100), rule: field.line(500) }),
  output: z.object({}),
  guard: { may: "account.keep", own: () => true },
  async run({ actor, audit }, after) {
    audit({ subjectKind: "user", subjectId: actor.userId ?? actor.id, dealId: null, before: null, after });
    return {};
  },
});

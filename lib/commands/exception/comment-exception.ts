import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { lockException, note } from "./load";

export const commentException = defineVerb({
  name: "comment-exception",
  summary: "Say something in an exception's discussion",
  input: z.strictObject({ exceptionId: field.id, text: field.line(4000) }),
  output: z.object({ noteId: z.string() }),
  may: "exception.raise",
  async run(context, { exceptionId, text }) {
    const { exception } = await lockException(context, exceptionId);
    const noteId = await note(context, exceptionId, "comment", text);
    context.audit({
      subjectKind: "exception_note",
      subjectId: noteId,
      dealId: exception.dealId,
      before: null,
      after: { exceptionId, text },
    });
    return { noteId };
  },
});

import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayCommentException } from "./guards";
import { lockCase, note } from "./load";

export const commentException = defineVerb({
  name: "comment-exception",
  summary: "Say something in an exception's discussion",
  input: z.strictObject({ exceptionId: field.id, text: field.line(4000) }),
  output: z.object({ noteId: z.string() }),
  guard: mayCommentException,
  subject: (context, { exceptionId }) => lockCase(context, exceptionId),
  async run(context, { exceptionId, text }, { exception }) {
    const [noteId] = await note(context, { exceptionId, kind: "comment", text });
    context.audit({
      subjectKind: "exception_note",
      subjectId: noteId!,
      dealId: exception.dealId,
      before: null,
      after: { exceptionId, text },
    });
    return { noteId: noteId! };
  },
});

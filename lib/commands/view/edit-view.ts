import { eq } from "drizzle-orm";
import { z } from "zod";
import { savedViews } from "@/db/schema/saved-views";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepView } from "./guards";
import { lockView, mustBeFree } from "./load";

export const editView = defineVerb({
  name: "edit-view",
  summary: "Rename a saved view, share it with everybody or keep it to oneself again",
  input: z.strictObject({
    viewId: field.id,
    changes: z
      .strictObject({ name: field.line(40), shared: z.boolean() })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ viewId: z.string() }),
  guard: mayKeepView,
  subject: (context, { viewId }) => lockView(context, viewId),
  stands: ({ view }) => view,
  async run(context, { viewId, changes }, { view }) {
    if (changes.name) await mustBeFree(context, view, changes.name);
    const [after] = await context.tx
      .update(savedViews)
      .set(changes)
      .where(eq(savedViews.id, viewId))
      .returning();
    context.audit({ subjectKind: "saved_view", subjectId: viewId, dealId: null, before: view, after });
    return { viewId };
  },
});

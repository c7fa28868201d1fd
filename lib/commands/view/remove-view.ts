import { eq } from "drizzle-orm";
import { z } from "zod";
import { savedViews } from "@/db/schema/saved-views";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepView } from "./guards";
import { lockView } from "./load";

export const removeView = defineVerb({
  name: "remove-view",
  summary: "Remove a saved view, from everybody's list where it was shared",
  input: z.strictObject({ viewId: field.id }),
  output: z.object({ viewId: z.string() }),
  guard: mayKeepView,
  subject: (context, { viewId }) => lockView(context, viewId),
  async run({ tx, audit }, { viewId }, { view }) {
    await tx.delete(savedViews).where(eq(savedViews.id, viewId));
    audit({ subjectKind: "saved_view", subjectId: viewId, dealId: null, before: view, after: null });
    return { viewId };
  },
});

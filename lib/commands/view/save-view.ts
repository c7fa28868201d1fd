import { eq } from "drizzle-orm";
import { z } from "zod";
import { savedViews } from "@/db/schema/saved-views";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayKeepView } from "./guards";
import { ownViewNamed } from "./load";

export const saveView = defineVerb({
  name: "save-view",
  summary: "Keep what the deals list shows under a name; the same name again replaces it",
  input: z.strictObject({
    name: field.line(40),
    /** Filters, order and columns as the page's address says them: what stands after its question mark. */
    address: z
      .string({ error: "must be text" })
      .max(2000, "must be at most 2000 characters")
      .regex(/^[\w.~!$'()*+,;:@/?%=&-]*$/, "must be the part of an address after its question mark"),
  }),
  output: z.object({ viewId: z.string() }),
  guard: mayKeepView,
  subject: async () => ({ view: null }),
  async run(context, { name, address }) {
    const { tx, actor, audit } = context;
    const ownerId = actor.userId!;
    const before = await ownViewNamed(context, ownerId, name);
    if (before) {
      const [after] = await tx
        .update(savedViews)
        .set({ name, address })
        .where(eq(savedViews.id, before.id))
        .returning();
      audit({ subjectKind: "saved_view", subjectId: before.id, dealId: null, before, after });
      return { viewId: before.id };
    }
    const view = { id: newId("SV"), ownerId, name, address };
    const [after] = await tx.insert(savedViews).values(view).returning();
    audit({ subjectKind: "saved_view", subjectId: view.id, dealId: null, before: null, after });
    return { viewId: view.id };
  },
});

import { z } from "zod";
import { whatIsHeld } from "@/db/emptiness";
import { settings } from "@/db/schema/settings";
import { mayShowDemo } from "@/lib/auth/exposure";
import { defineVerb } from "../verb";
import { BEING_TOLD, mayBeginDemo } from "./guards";

/** Marks the database as the demo's; the job `tell-demo` then tells the story, deed by deed. */
export const beginDemo = defineVerb({
  name: "begin-demo",
  summary: "Have the demo story told in an empty database",
  input: z.strictObject({}),
  output: z.object({ company: z.string() }),
  guard: mayBeginDemo,
  subject: async ({ tx }) => ({ holds: await whatIsHeld(tx), mayShowDemo: mayShowDemo(process.env) }),
  async run({ tx, audit }) {
    const [before] = await tx.select().from(settings);
    await tx.update(settings).set({ company: BEING_TOLD, demo: true });
    audit({
      subjectKind: "settings",
      subjectId: "1",
      dealId: null,
      before,
      after: { ...before, company: BEING_TOLD, demo: true },
    });
    return { company: BEING_TOLD };
  },
});

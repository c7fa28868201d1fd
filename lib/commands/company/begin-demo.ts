import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { settings } from "@/db/schema/settings";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";

export const beginDemo = defineVerb({
  name: "begin-demo",
  summary: "Mark an empty database as holding the demo story",
  input: z.strictObject({ company: field.line(200) }),
  output: z.object({ company: z.string() }),
  guard: { may: "settings.edit" },
  async run({ tx, audit }, { company }) {
    const some = await tx.select({ id: deals.id }).from(deals).limit(1);
    if (some.length > 0) refuse("deals", some[0]!.id, "the demo story is told in an empty database only");
    const [before] = await tx.select().from(settings);
    await tx.update(settings).set({ company, demo: true });
    audit({
      subjectKind: "settings",
      subjectId: "1",
      dealId: null,
      before,
      after: { ...before, company, demo: true },
    });
    return { company };
  },
});

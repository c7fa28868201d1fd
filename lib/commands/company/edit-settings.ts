import { z } from "zod";
import { settings } from "@/db/schema/settings";
import * as field from "../input";
import { defineVerb } from "../verb";

export const editSettings = defineVerb({
  name: "edit-settings",
  summary: "Change the company's settings",
  input: z
    .strictObject({
      company: field.line(200),
      fiscalFirstMonth: z.int().min(1, "must be a month, 1 to 12").max(12, "must be a month, 1 to 12"),
      fiscalNamedBy: z.enum(["end", "start"], { error: "must be end or start" }),
      reportingCurrency: field.currency,
      timeZone: field.timeZone,
    })
    .partial()
    .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  output: z.object({ company: z.string() }),
  guard: { may: "settings.edit" },
  setsZone: true,
  async run({ tx, actor, today, audit }, asked) {
    const said = asked.timeZone !== undefined && actor.userId !== null;
    const changes = { ...asked, ...(said && { timeZoneSaidOn: today }) };
    const [before] = await tx.select().from(settings).for("update");
    const [after] = await tx
      .insert(settings)
      .values({ id: 1, ...changes })
      .onConflictDoUpdate({ target: settings.id, set: changes })
      .returning();
    audit({ subjectKind: "settings", subjectId: "1", dealId: null, before: before ?? null, after });
    return { company: after!.company };
  },
});

import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { dealsOfFamilies } from "@/db/named-on-deals";
import { partnerPrograms } from "@/db/schema/partners";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import { mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayGrantProgram } from "./guards";

export const endProgram = defineVerb({
  name: "end-program",
  summary: "Say the last day of a partner in a program",
  input: z.strictObject({ partnerId: field.id, name: field.line(100), to: field.day.optional() }),
  output: z.object({ partnerId: z.string() }),
  guard: mayGrantProgram,
  subject: async (context, { partnerId }) => ({
    partner: await mustHavePartner(context, partnerId, "update"),
  }),
  async run({ tx, today, audit, touch }, { partnerId, name, to = today }, { partner }) {
    if (to < today)
      refuse("to", to, `must not be before ${dayInWords(today)}: what was claimed in it stands`);
    const standing = and(
      eq(partnerPrograms.partnerId, partnerId),
      eq(partnerPrograms.name, name),
      isNull(partnerPrograms.toDay),
    );
    const [before] = await tx.select().from(partnerPrograms).where(standing);
    if (!before) refuse("name", name, `${partner.name} is not in this program, or its last day is said`);
    if (before.fromDay !== null && to < before.fromDay)
      refuse("to", to, `must not be before ${dayInWords(before.fromDay)}, its first day`);
    await tx.update(partnerPrograms).set({ toDay: to }).where(standing);
    audit({
      subjectKind: "partner_program",
      subjectId: `${partnerId} ${name} ${before.fromDay ?? ""}`.trim(),
      dealId: null,
      before,
      after: { ...before, toDay: to },
    });
    for (const dealId of await dealsOfFamilies(tx, [partnerId])) touch(dealId);
    return { partnerId };
  },
});

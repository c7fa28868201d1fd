import { and, eq, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import { dealsOfFamilies } from "@/db/named-on-deals";
import { partnerPrograms } from "@/db/schema/partners";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import { mustBeItself, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayGrantProgram } from "./guards";

export const grantProgram = defineVerb({
  name: "grant-program",
  summary: "Take a partner into a program, from a day on",
  input: z.strictObject({
    partnerId: field.id,
    name: field.line(100),
    /** Today or later: what was claimed before was claimed without it. */
    from: field.day.optional(),
    to: field.day.nullable().default(null),
  }),
  output: z.object({ partnerId: z.string() }),
  guard: mayGrantProgram,
  subject: async (context, { partnerId }) => ({
    partner: mustBeItself(await mustHavePartner(context, partnerId, "update")),
  }),
  async run({ tx, actor, today, audit, touch }, { partnerId, name, from = today, to }, { partner }) {
    if (from < today)
      refuse("from", from, `must not be before ${dayInWords(today)}: no claim of the past is lifted by it`);
    if (to !== null && to < from) refuse("to", to, `must not be before ${dayInWords(from)}, its first day`);
    const held = await tx
      .select({ name: partnerPrograms.name })
      .from(partnerPrograms)
      .where(
        and(
          eq(partnerPrograms.partnerId, partnerId),
          eq(partnerPrograms.name, name),
          or(isNull(partnerPrograms.toDay), sql`${partnerPrograms.toDay} >= ${from}::date`),
        ),
      );
    if (held.length > 0) refuse("name", name, `${partner.name} is in this program already`);
    const row = { partnerId, name, fromDay: from, toDay: to, grantedBy: actor.userId };
    await tx.insert(partnerPrograms).values(row);
    audit({
      subjectKind: "partner_program",
      subjectId: `${partnerId} ${name} ${from}`,
      dealId: null,
      before: null,
      after: row,
    });
    for (const dealId of await dealsOfFamilies(tx, [partnerId])) touch(dealId);
    return { partnerId };
  },
});

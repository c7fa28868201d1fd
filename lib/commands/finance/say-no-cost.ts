import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { costNones } from "@/db/schema/finance";
import { refuse } from "@/lib/errors";
import { CLOSE_CATEGORIES } from "@/lib/metrics/cost-categories";
import * as field from "../input";
import { defineVerb } from "../verb";
import { maySayNoCost } from "./guards";
import { hasCost } from "./has-cost";

export const sayNoCost = defineVerb({
  name: "say-no-cost",
  summary: "Say that a cost category of a quarter has no cost, or take that back",
  input: z.strictObject({
    quarter: field.quarter,
    side: z.enum(["partner_program", "direct_sales"], { error: "must be partner_program or direct_sales" }),
    /** One that the close checklist asks for; `any` of direct sales. */
    category: field.line(100),
    /** False takes it back. */
    none: z.boolean().default(true),
  }),
  output: z.object({ quarter: z.string() }),
  guard: maySayNoCost,
  async run({ tx, actor, today, demo, audit }, { none, ...said }) {
    if (!CLOSE_CATEGORIES.some(({ side, category }) => side === said.side && category === said.category))
      refuse("category", said.category, "is not asked for by the close checklist");
    if (none && (await hasCost(tx, said)))
      refuse("category", said.category, `has a cost in ${said.quarter} already`);
    const key = and(
      eq(costNones.quarter, said.quarter),
      eq(costNones.side, said.side),
      eq(costNones.category, said.category),
    );
    const [before] = await tx.delete(costNones).where(key).returning();
    const [after] = none
      ? await tx
          .insert(costNones)
          .values({ ...said, saidBy: actor.userId, saidOn: today, demo })
          .returning()
      : [];
    audit({
      subjectKind: "cost",
      subjectId: `${said.quarter} ${said.side} ${said.category}`,
      dealId: null,
      before: before ?? null,
      after: after ?? null,
    });
    return { quarter: said.quarter };
  },
});

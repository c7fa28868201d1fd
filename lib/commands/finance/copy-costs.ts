import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { costs } from "@/db/schema/finance";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayRecordCost } from "./guards";

/** What stands in the later quarter stays; evidence, shares and "none" are of their own quarter and are not copied. */
export const copyCosts = defineVerb({
  name: "copy-costs",
  summary:
    "Copy a quarter's costs into another one, line by line, where nothing is entered or said to be none",
  input: z.strictObject({ from: field.quarter, to: field.quarter }),
  output: z.object({ copied: z.int() }),
  guard: mayRecordCost,
  async run({ tx, actor, today, demo, audit }, { from: former, to }) {
    if (former === to) refuse("to", to, "must be another quarter");
    const entered = { enteredBy: actor.userId, enteredOn: actor.userId === null ? null : today };
    const read = await tx.select().from(costs).where(eq(costs.quarter, former));
    const said = await tx.execute<{ side: string; category: string }>(
      sql`select side::text as side, category from cost_nones where quarter = ${to}`,
    );
    const isNone = (side: string, category: string) =>
      [...said].some(
        (none) =>
          none.side === side && (none.category === "any" || none.category === category.trim().toLowerCase()),
      );
    const rows = read
      .filter(({ side, category }) => !isNone(side, category))
      .map(({ side, category, amount, currency }) => ({
        ...{ quarter: to, side, category, amount, currency, demo },
        ...entered,
      }));
    const copied =
      rows.length === 0 ? [] : await tx.insert(costs).values(rows).onConflictDoNothing().returning();
    if (copied.length === 0) refuse("to", to, `has every line of ${former} already, or ${former} has none`);
    for (const { quarter, side, category, amount, currency } of copied)
      audit({
        ...{ subjectKind: "cost", subjectId: `${quarter} ${side} ${category} ${currency}`, dealId: null },
        ...{
          before: null,
          after: { quarter, side, category, amount, currency, ...entered, copiedFrom: former },
        },
      });
    return { copied: copied.length };
  },
});

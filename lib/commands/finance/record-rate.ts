import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { rates } from "@/db/schema/finance";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayRecordRate } from "./guards";

export const recordRate = defineVerb({
  name: "record-rate",
  summary: "Record a quarter's rate of a currency",
  input: z.strictObject({
    quarter: field.quarter,
    currency: field.currency,
    /** Reporting currency per unit, as a decimal string so that no digit is lost. */
    rate: z
      .string()
      .regex(/^\d{1,12}(\.\d{1,12})?$/, "must be a positive decimal number")
      .refine((rate) => Number(rate) > 0, "must be above zero"),
  }),
  output: z.object({ quarter: z.string() }),
  guard: mayRecordRate,
  async run({ tx, demo, audit }, rate) {
    const key = and(eq(rates.quarter, rate.quarter), eq(rates.currency, rate.currency));
    const [before] = await tx.select().from(rates).where(key).for("update");
    await tx
      .insert(rates)
      .values({ ...rate, demo })
      .onConflictDoUpdate({ target: [rates.quarter, rates.currency], set: { rate: rate.rate } });
    audit({
      subjectKind: "rate",
      subjectId: `${rate.quarter} ${rate.currency}`,
      dealId: null,
      before: before ?? null,
      after: rate,
    });
    return { quarter: rate.quarter };
  },
});

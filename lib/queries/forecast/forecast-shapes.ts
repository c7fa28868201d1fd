import { z } from "zod";
import { FORECAST_TREATMENTS } from "@/lib/metrics/forecast";
import { dayShape } from "../shapes";

/** A sum of deals in the reporting currency's minor units: their amounts, and those at their probability. */
export const sumShape = z.object({ deals: z.int(), amount: z.int(), weighted: z.int() });

/** A deal with what it comes to (lib/metrics/forecast.ts). */
export const weighedShape = z.object({
  id: z.string(),
  account: z.string().nullable(),
  owner: z.string(),
  /** Minor units of `currency`. */
  amount: z.int(),
  currency: z.string(),
  stage: z.int(),
  expectedCloseOn: dayShape.nullable(),
  treatment: z.enum(FORECAST_TREATMENTS),
  /** In the reporting currency, and that at its stage's probability, in percent. */
  converted: z.int(),
  probability: z.int(),
  weighted: z.int(),
});

/** A quarter's label, or `undated` for deals that nobody said a close day of. */
export const closeShape = z
  .string()
  .regex(/^(\d{4}-Q[1-4]|undated)$/, "a close is a quarter, YYYY-Q1 to YYYY-Q4, or undated");

import type { Db } from "@/db/connection/client";
import { rates } from "@/db/schema/finance";
import type { Day } from "@/lib/attribution/facts";
import { quarterOf } from "@/lib/calendar";
import { isRefusal, type Refusal } from "@/lib/errors";
import { toReporting } from "@/lib/money";
import { readCompany } from "../company/company";

/** A closed deal's amount in the reporting currency, by the rates of the quarter in which it closed (§7). */
export async function closingSizes(db: Db) {
  const [{ fiscalYear, reportingCurrency }, stored] = await Promise.all([
    readCompany(db),
    db.select().from(rates),
  ]);
  const perUnit = new Map<string, Record<string, string>>();
  for (const { quarter, currency, rate } of stored)
    perUnit.set(quarter, { ...perUnit.get(quarter), [currency]: rate });
  return (deal: { amount: number; currency: string; closedOn: Day }): number | Refusal => {
    const quarter = quarterOf(deal.closedOn, fiscalYear).label;
    const known = { quarter, reporting: reportingCurrency, perUnit: perUnit.get(quarter) ?? {} };
    try {
      return toReporting(deal.amount, deal.currency, known);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return error;
    }
  };
}

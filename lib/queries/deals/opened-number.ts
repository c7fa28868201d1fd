import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { parseQuarter } from "@/lib/calendar";
import { isRefusal, refuse } from "@/lib/errors";
import type { JudgedDeal } from "@/lib/metrics/judged-deal";
import { dealsOf, METRICS, type MetricKey, metricOf, partsOf } from "@/lib/metrics/quarter-numbers";
import { sumMinor, toReporting } from "@/lib/money";
import type { SealedSummary } from "@/lib/sealing/seal";
import { readSeals, readSummaries } from "@/lib/sealing/seals";
import { readCompany } from "../company/company";
import { quarterInputs } from "../numbers/quarter-inputs";

/** The deals that a number, or one part of it, is made of, and how they add up. */
export interface OpenedNumber {
  ids: string[];
  /** The same deals as the seal has them, when the quarter is frozen; null when it is not. */
  sealed: readonly SealedSummary[] | null;
  /** Adds the amounts of some of them, each in the reporting currency by the quarter's rates; null without a rate. */
  sumOf(ids: Iterable<string>): { amount: number; currency: string } | null;
}

/**
 * Opens a number of the dashboard to its deals: the same deals, from the same definition, that it was
 * counted from. `part` names one part or several with commas between (a rate is made of two), each deal
 * once; without it, those of the headline. Refuses a number or part that does not exist.
 */
export async function openNumber(
  db: Db,
  today: Day,
  { quarter: label, number, part }: { quarter: string; number: string; part?: string },
): Promise<OpenedNumber> {
  if (!Object.hasOwn(METRICS, number)) {
    refuse("number", number, `must be one of ${Object.keys(METRICS).join(", ")}`);
  }
  const metric = number as MetricKey;
  const { fiscalFirstMonth, reportingCurrency } = await readCompany(db);
  const quarter = parseQuarter(label, fiscalFirstMonth);
  const seal = (await readSeals(db, [label])).get(label);
  const inputOf = await quarterInputs(db, [quarter], { today, reportingCurrency });
  const { deals, rates, policy } = inputOf(quarter);
  const { headline, figures } = metricOf(metric);
  const large = figures[typeof headline === "function" ? headline(policy) : headline]!;
  const parts = part?.split(",") ?? partsOf(large, policy);
  const opened = parts.flatMap((one) => dealsOf(metric, one, deals, quarter));
  const byId = new Map<string, JudgedDeal>(opened.map((deal) => [deal.id, deal]));
  return {
    ids: [...byId.keys()],
    sealed: seal ? (await readSummaries(db, seal)).filter(({ id }) => byId.has(id)) : null,
    sumOf(ids) {
      try {
        const amounts = [...ids].map((id) => {
          const { amount, currency } = byId.get(id)!;
          return toReporting(amount, currency, rates);
        });
        return { amount: sumMinor(amounts), currency: reportingCurrency };
      } catch (error) {
        if (isRefusal(error)) return null;
        throw error;
      }
    },
  };
}

import { sql } from "drizzle-orm";
import type { Day, Facts } from "@/lib/attribution/facts";
import { laterDays } from "@/lib/attribution/known";
import { addDays } from "@/lib/calendar";
import { closesSoonFrom, type ProjectedDeal } from "@/lib/metrics/projected-deal";
import type { ReconciledDeal } from "@/lib/metrics/reconciled";
import { cohortShare, isAnybodyOn } from "./cohorts";
import type { LoadedDeal } from "./facts";

/** The columns that a projection has while its deal lives, beside those that a seal keeps as well. */
const LIVING = {
  stale_on: "date",
  cohort: "text",
  cohort_on: "date",
  expected_on: "date",
  closes_soon: "boolean",
  ended_on: "date",
  ended_as: "deal_outcome",
  decided: "decided_state",
  found: "finding[]",
} as const;

const NAMES = Object.keys(LIVING) as (keyof typeof LIVING)[];
export const LIVING_NAMES = sql.raw(NAMES.join(", "));
export const LIVING_TYPES = sql.raw(NAMES.map((name) => `${name} ${LIVING[name]}`).join(", "));
export const livingOf = (table: string) => sql.raw(NAMES.map((name) => `${table}.${name}`).join(", "));

interface LivingRow extends Record<keyof typeof LIVING, unknown> {
  cohort: string | null;
  cohort_on: Day | null;
}

/** What they hold of a deal that counts as `deal`. */
export function livingRow(
  { facts, closedOn, expectedOn: said }: LoadedDeal,
  deal: ProjectedDeal,
  reconciled: ReconciledDeal | null,
): LivingRow {
  const { cohort, cohort_on } = cohortShare(facts);
  const expectedOn = deal.outcome === "open" ? said : null;
  const soonFrom = closesSoonFrom(deal, expectedOn, facts.asOf);
  return {
    ...{ cohort, cohort_on },
    stale_on: staleOn(facts, closedOn, soonFrom),
    expected_on: expectedOn,
    closes_soon: soonFrom !== null && soonFrom <= facts.asOf,
    ...reconciledColumns(reconciled),
  };
}

/** What the month's reconciliation reads of a deal; nothing of an open one. */
const reconciledColumns = (reconciled: ReconciledDeal | null) => ({
  ended_on: reconciled?.endedOn ?? null,
  ended_as: reconciled?.endedAs ?? null,
  decided: reconciled?.decided ?? null,
  found: reconciled?.found ?? null,
});

/** What they hold of one that is gone and counts on (gone.ts): it changes no more, and lends nothing. */
export const GONE_ROW: LivingRow = {
  stale_on: null,
  cohort: null,
  cohort_on: null,
  expected_on: null,
  closes_soon: false,
  ...reconciledColumns(null),
};

/**
 * The first day on which the same facts may be judged otherwise. An open deal with a partner on it: every
 * day, since updates and influence windows run with `asOf` (§4). Besides: the day a fact dated later
 * arrives, the close day of a deal shown as still open, and the day from which it closes soon. A new policy is a
 * judging of its own.
 */
export function staleOn(facts: Facts, closesOn: Day | null, soonFrom: Day | null = null): Day | null {
  const { asOf, deal } = facts;
  if (deal.closedOn === null && isAnybodyOn(facts, asOf)) return addDays(asOf, 1);
  const later = laterDays(facts);
  for (const day of [closesOn, soonFrom]) if (day !== null && day > asOf) later.push(day);
  return later.length === 0 ? null : later.reduce((first, day) => (day < first ? day : first));
}

import type { Outputs } from "@/lib/api/client";
import type { DealOutcome, DealType, Route } from "@/lib/attribution/vocabulary";
import { DEAL_OUTCOME_LABELS, DEAL_TYPE_LABELS, ROUTE_LABELS } from "@/lib/attribution/words";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";

export type Correction = Outputs["deal"]["corrections"][number];
type Change = Correction["changes"][number];
export type LockedField = Change["field"];

export const LOCKED_LABELS: Readonly<Record<LockedField, string>> = {
  amount: "Amount",
  currency: "Currency",
  type: "Type",
  route: "Route",
  closedOn: "Close day",
  outcome: "Won or lost",
  firstEngagedOn: "First engaged by us",
};

/** What stands, or would, in a field that a close locks: as the page says it. */
export function lockedInWords(field: LockedField, value: Change["before"], currency: string): string {
  if (value === null) return field === "firstEngagedOn" ? "not known" : "nothing";
  switch (field) {
    case "amount":
      return formatMoney(Number(value), currency);
    case "type":
      return DEAL_TYPE_LABELS[value as DealType];
    case "route":
      return ROUTE_LABELS[value as Route];
    case "outcome":
      return DEAL_OUTCOME_LABELS[value as DealOutcome];
    case "closedOn":
    case "firstEngagedOn":
      return dayInWords(String(value));
    case "currency":
      return String(value);
  }
}

/** The two sides of a change in words, each amount in the currency of its side. */
export function changesInWords(
  { changes }: Pick<Correction, "changes">,
  currency: string,
): { field: LockedField; label: string; before: string; after: string }[] {
  const moved = changes.find(({ field }) => field === "currency");
  return changes.map(({ field, before, after }) => ({
    field,
    label: LOCKED_LABELS[field],
    before: lockedInWords(field, before, currency),
    after: lockedInWords(field, after, String(moved?.after ?? currency)),
  }));
}

/** Each correction with the currency that the deal had when it was proposed; the latest first, as they come. */
export function withTheirCurrency(
  corrections: readonly Correction[],
  now: string,
): { correction: Correction; currency: string }[] {
  let currency = now;
  return corrections.map((correction) => {
    const moved = correction.changes.find(({ field }) => field === "currency");
    if (correction.state === "accepted" && moved) currency = String(moved.before);
    return { correction, currency };
  });
}

import type { Outputs } from "@/lib/api/client";
import { fieldLabel, valueInWords } from "@/lib/attribution/field-words";

export type Correction = Outputs["deal"]["corrections"][number];
type Change = Correction["changes"][number];
export type LockedField = Change["field"];

/** The two sides of a change in words, each amount in the currency of its side. */
export function changesInWords(
  { changes }: Pick<Correction, "changes">,
  currency: string,
): { field: LockedField; label: string; before: string; after: string }[] {
  const moved = changes.find(({ field }) => field === "currency");
  return changes.map(({ field, before, after }) => ({
    field,
    label: fieldLabel(field),
    before: valueInWords(field, before, currency),
    after: valueInWords(field, after, String(moved?.after ?? currency)),
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

import { fieldLabel, valueInWords } from "./field-words";

export interface DriftInWords {
  label: string;
  here: string;
  there: string;
}

interface Said {
  field: string;
  here?: unknown;
  there?: unknown;
}

/**
 * What stands here beside what the CRM says (domain.md §8.5), in words: an amount in the currency of its side, a partner
 * by its name. The field "" is the whole record.
 */
export function driftInWords(fields: readonly Said[], currency: string): DriftInWords[] {
  const moved = fields.find(({ field }) => field === "currency");
  return fields.map(({ field, here, there }) => {
    if (field === "") {
      const isGone = there === null;
      return {
        ...{ label: "The record", here: isGone ? "stands" : "taken away" },
        there: isGone ? "gone" : "says it anew",
      };
    }
    return {
      label: fieldLabel(field),
      here: valueInWords(field, here, currency),
      there: valueInWords(field, there, String(moved?.there ?? currency)),
    };
  });
}

import { decimal } from "../text/numbers";
import type { Unit } from "./definition";
import type { MovedCause } from "./moved";
import { numberText } from "./value-text";

/** The causes as people read them. */
export const MOVED_CAUSE_WORDS: Readonly<Record<MovedCause, string>> = {
  policy: "Another policy judges",
  rates: "Rates of exchange",
  costs: "Costs entered",
  time_passing: "Time passing",
  corrections: "Corrections",
  new_deals: "New deals",
  closed_deals: "Deals that closed",
  changed_facts: "Changed facts",
};

/** What a cause did, with its sign: shares in points, everything else in its own unit. */
export function movedText(by: number, unit: Unit, currency: string): string {
  const text =
    unit === "share"
      ? `${decimal(by * 100, 2)} pts`
      : unit === "deals"
        ? decimal(by, 0)
        : numberText(by, unit, currency);
  return by > 0 ? `+${text}` : text;
}

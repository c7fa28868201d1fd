import { formatMoney, minorDigits } from "../money";
import { decimal, percent } from "../text/numbers";
import { plural } from "../text/words";
import type { Unit } from "./definition";
import type { Interval } from "./statistics";
import { isDefined, UNDEFINED_REASONS, type Undefined, type Value } from "./value";

/** An amount in whole major units: cents are for the list that the number opens to. */
export function wholeMoney(amount: number, currency: string): string {
  const unit = 10 ** minorDigits(currency);
  return formatMoney(Math.round(amount / unit) * unit, currency).split(".")[0] as string;
}

/**
 * A defined number as people read it, in its unit (lib/metrics/definition.ts); rounded here and nowhere
 * before. `currency` is the reporting currency.
 */
export function numberText(value: number, unit: Unit, currency: string): string {
  switch (unit) {
    case "money":
      return wholeMoney(value, currency);
    case "perUnit":
      return `${currency} ${decimal(value, 2)}`;
    case "share":
      return percent(value);
    case "times":
      return `${decimal(value, 2)} ×`;
    case "days": {
      const text = decimal(value, Number.isInteger(value) ? 0 : 1);
      return `${text} ${plural(Math.abs(value), "day")}`;
    }
    case "deals":
      return decimal(value, 0);
  }
}

/** Why there is no number, in a sentence. */
export function reasonText({ undefined: reason, detail }: Undefined): string {
  return detail ? `${UNDEFINED_REASONS[reason]} ${detail}.` : UNDEFINED_REASONS[reason];
}

/** `12.1 – 25.0 %`: the unit once, behind or before both ends. */
export function intervalText({ low, high }: Interval, unit: Unit, currency: string): string {
  const from = numberText(low, unit, currency);
  const to = numberText(high, unit, currency);
  const after = / [%×]$| days?$/.exec(to)?.[0];
  if (after) return `${from.replace(/ [%×]$| days?$/, "")} – ${to}`;
  const before = `${currency} `;
  return `${from} – ${to.startsWith(before) ? to.slice(before.length) : to}`;
}

export interface Change {
  text: string;
  direction: "up" | "down" | "level";
}

/**
 * How a figure moved from an earlier quarter: in percent of it for sums and costs, in points for shares,
 * in the unit itself for days and multiples. Null when either is undefined, or a percentage has no base.
 */
export function changeOf(value: Value, earlier: Value, unit: Unit): Change | null {
  if (!isDefined(value) || !isDefined(earlier)) return null;
  const by = value - earlier;
  switch (unit) {
    case "share":
      return change(by * 100, 1, "pts");
    case "days":
      return change(by, Number.isInteger(by) ? 0 : 1, plural(Math.abs(by), "day"));
    case "times":
      return change(by, 2, "×");
    default:
      if (earlier === 0) return null;
      return change((by / Math.abs(earlier)) * 100, 1, "%");
  }
}

function change(by: number, decimals: number, unit: string): Change {
  const shown = decimal(by, decimals);
  if (Number(by.toFixed(decimals)) === 0) return { text: `${shown} ${unit}`, direction: "level" };
  return by > 0
    ? { text: `+${shown} ${unit}`, direction: "up" }
    : { text: `${shown} ${unit}`, direction: "down" };
}

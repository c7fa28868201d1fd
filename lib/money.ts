import { CURRENCIES } from "./currencies";
import { refuse } from "./errors";
import { thousands } from "./text/numbers";

/**
 * Money is a whole number of minor units with an ISO 4217 currency, held as a safe integer; nothing here
 * goes through a fraction of a float. Source: domain.md, preamble, §7 and §10; imports.md.
 */

/** How a file writes numbers; a mapping says it, it is never guessed. */
export interface NumberStyle {
  decimal: "." | ",";
  /** Separator between groups of three digits; `""` when none may occur. Space includes no-break ones. */
  thousands: "" | "," | "." | " " | "'";
}

/** The interchange format of imports.md: `1054.00`. */
export const PLAIN: NumberStyle = { decimal: ".", thousands: "" };

/** What one unit of each currency is worth in the reporting currency, as stored for one quarter. */
export interface QuarterRates {
  /** `YYYY-Qn`. */
  quarter: string;
  /** ISO 4217 code that amounts are converted to; its own rate is 1 and need not be stored. */
  reporting: string;
  /** Reporting currency per unit, exact decimals as text: `{ EUR: "1.0835" }`. */
  perUnit: Readonly<Record<string, string>>;
}

/** Minor digits of an ISO 4217 currency: 2 for USD, 0 for JPY. Refuses a code that does not exist (§10). */
export function minorDigits(currency: string): number {
  if (!Object.hasOwn(CURRENCIES, currency)) refuse("currency", currency, "not an ISO 4217 currency");
  return CURRENCIES[currency] as number;
}

/** Whether `amount` can be an amount in minor units: whole, not negative, at most 2^53 − 1 (§10). */
function isMinor(amount: unknown): amount is number {
  return Number.isSafeInteger(amount) && (amount as number) >= 0;
}

/**
 * Minor units from an amount in major units, exactly: `("1054.00", "USD")` is 105400. Refuses what is not
 * written in `style`, has more decimals than the currency, is negative or beyond 2^53 − 1 minor units.
 */
export function parseMajor(
  text: string,
  currency: string,
  style: NumberStyle = PLAIN,
  field = "amount",
): number {
  return majorIn(text, currency, style, field, (decimals) => decimals);
}

/**
 * `parseMajor` of a file's cell. Systems write `12000.0000`: zeros past the currency's last decimal lose nothing
 * there (imports.md), while a hand that types `10.000` may mean ten thousand.
 */
export function readMajor(
  text: string,
  currency: string,
  style: NumberStyle = PLAIN,
  field = "amount",
): number {
  return majorIn(text, currency, style, field, (decimals) => decimals.replace(/0+$/, ""));
}

function majorIn(
  text: string,
  currency: string,
  style: NumberStyle,
  field: string,
  meant: (decimals: string) => string,
): number {
  const digits = minorDigits(currency);
  const number = readNumber(text, style);
  if (!number)
    refuse(field, text, `an amount of money is written ${writtenIn(style)}, without sign or symbol`);
  const decimals = meant(number.decimals);
  if (decimals.length > digits) refuse(field, text, `${currency} has at most ${digits} decimals`);
  const minor = Number(number.whole + decimals.padEnd(digits, "0"));
  // Every whole number up to 2^53 has its own float, so a larger text cannot round into the safe range.
  if (!Number.isSafeInteger(minor)) refuse(field, text, "at most 9,007,199,254,740,991 minor units");
  return minor;
}

/**
 * The digits of a decimal without sign that is written in `style`, or null: a separator stands between groups of
 * three digits of the whole part only. Amounts and rates obey this one rule (imports.md).
 */
export function readNumber(text: string, style: NumberStyle): { whole: string; decimals: string } | null {
  const parts = patternOf(style).exec(text.trim());
  return parts && { whole: (parts[1] as string).replace(/\D/g, ""), decimals: parts[2] ?? "" };
}

const SEPARATORS = { ",": ",", ".": "\\.", " ": "[ \\u00a0\\u202f]", "'": "['\\u2019]" } as const;
const patterns = new Map<string, RegExp>();

function patternOf(style: NumberStyle): RegExp {
  const key = style.decimal + style.thousands;
  const known = patterns.get(key);
  if (known) return known;
  if (style.decimal === style.thousands)
    refuse("style", style, "the decimal and the thousands separator must differ");
  const grouped = style.thousands ? `|[1-9]\\d{0,2}(?:${SEPARATORS[style.thousands]}\\d{3})+` : "";
  const pattern = new RegExp(`^(\\d+${grouped})(?:${SEPARATORS[style.decimal]}(\\d+))?$`);
  patterns.set(key, pattern);
  return pattern;
}

/** How numbers look in `style`: `1,054.00`. */
export const writtenIn = (style: NumberStyle) => `1${style.thousands}054${style.decimal}00`;

/** The interchange text of an amount in minor units: `(105400, "USD")` is `1054.00`. Refuses a fraction. */
export function formatMajor(amount: number, currency: string): string {
  if (!Number.isSafeInteger(amount)) refuse("amount", amount, "whole minor units, at most 2^53 − 1");
  const digits = minorDigits(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  const sign = amount < 0 ? "-" : "";
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(text.length - digits)}`;
}

/**
 * The amount as people read it, code first: `USD 1,054.00`; a negative difference as `USD −1,054.00`. Half
 * a minor unit, which a median can be, is rounded up here and nowhere before.
 */
export function formatMoney(amount: number, currency: string): string {
  const shown = Math.round(amount);
  return `${currency} ${shown < 0 ? "−" : ""}${thousands(formatMajor(Math.abs(shown), currency))}`;
}

const RATE = /^(\d{1,15})(?:\.(\d{1,15}))?$/;

/** Whether `text` is a rate as stored: a decimal above 0 with at most 15 digits on each side of the point. */
export function isRate(text: string): boolean {
  return RATE.test(text) && /[1-9]/.test(text);
}

/**
 * An amount of `currency`'s minor units in the reporting currency's, by the quarter's stored rate: exact
 * in whole-number arithmetic, then rounded once, half up as a spreadsheet does, so that the rows of a
 * number add up to it. A missing rate is refused and named, quarter and currency (§7).
 */
export function toReporting(amount: number, currency: string, rates: QuarterRates): number {
  if (!isMinor(amount)) refuse("amount", amount, "whole minor units from 0 to 2^53 − 1");
  if (currency === rates.reporting) return amount;
  const field = `rates.${rates.quarter}.${currency}`;
  const rate = Object.hasOwn(rates.perUnit, currency) ? rates.perUnit[currency] : undefined;
  if (rate === undefined)
    refuse(field, null, `no rate from ${currency} to ${rates.reporting} is stored for ${rates.quarter}`);
  const parts = isRate(rate) ? RATE.exec(rate) : null;
  if (!parts) refuse(field, rate, "a rate is a decimal above 0");
  const decimals = parts[2] ?? "";
  const numerator =
    BigInt(amount) * BigInt(parts[1] + decimals) * 10n ** BigInt(minorDigits(rates.reporting));
  const denominator = 10n ** BigInt(decimals.length + minorDigits(currency));
  const rounded = (2n * numerator + denominator) / (2n * denominator);
  if (rounded > BigInt(Number.MAX_SAFE_INTEGER))
    refuse("amount", amount, `beyond 2^53 − 1 minor units of ${rates.reporting}`);
  return Number(rounded);
}

/**
 * `parts` of `whole` of an amount in minor units: exact in whole-number arithmetic, then rounded once, half up, the way
 * every amount is that is a share of another (a stage's probability, a rate in basis points).
 */
export function shareOf(amount: number, parts: number, whole: number): number {
  if (!isMinor(amount)) refuse("amount", amount, "whole minor units from 0 to 2^53 − 1");
  if (!isMinor(parts) || !isMinor(whole) || whole === 0)
    refuse("parts", `${parts}/${whole}`, "a share is two whole numbers, the second above 0");
  const rounded = (2n * BigInt(amount) * BigInt(parts) + BigInt(whole)) / (2n * BigInt(whole));
  if (rounded > BigInt(Number.MAX_SAFE_INTEGER)) refuse("amount", amount, "beyond 2^53 − 1 minor units");
  return Number(rounded);
}

/** The sum of amounts in minor units; refused beyond 2^53 − 1, where it would no longer be exact. */
export function sumMinor(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  if (!Number.isSafeInteger(sum)) refuse("amount", sum, "a sum of at most 2^53 − 1 minor units");
  return sum;
}

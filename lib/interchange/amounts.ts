import { CURRENCIES } from "@/lib/currencies";
import { refuse } from "@/lib/errors";
import { formatMajor, type NumberStyle, readMajor, readNumber, writtenIn } from "@/lib/money";

/**
 * Numbers as other systems write them into cells: with a sign or code of the currency, in parentheses when they are
 * negative, with signs between thousands. One rule for amounts and rates. Source: imports.md, "Amounts and rates".
 */

const DOLLARS =
  "USD AUD CAD NZD SGD HKD TWD MXN ARS CLP COP BBD BSD BMD BZD KYD FJD GYD JMD LRD NAD SBD SRD TTD XCD BND UYU";

/** The currencies that a sign may stand for; a code stands for itself. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ $: DOLLARS, US$: "USD", $US: "USD", A$: "AUD", AU$: "AUD", C$: "CAD", CA$: "CAD", NZ$: "NZD" },
  ...{ S$: "SGD", HK$: "HKD", NT$: "TWD", R$: "BRL", MX$: "MXN", "€": "EUR", "£": "GBP FKP GIP SHP EGP" },
  ...{ "¥": "JPY CNY", CN$: "CNY", "CN¥": "CNY", "JP¥": "JPY", 元: "CNY", 円: "JPY", "₹": "INR" },
  ...{ RS: "INR PKR LKR NPR MUR", "₩": "KRW", "₪": "ILS", "₺": "TRY", "₽": "RUB", "₴": "UAH", "₫": "VND" },
  ...{ "฿": "THB", "₱": "PHP", "₦": "NGN", "₡": "CRC", "₸": "KZT", ZŁ: "PLN", KČ: "CZK", FT: "HUF" },
  ...{ LEI: "RON", KR: "SEK NOK DKK ISK", FR: "CHF", SFR: "CHF", R: "ZAR" },
};

export interface BareNumber {
  /** The digits with what stands between them. */
  number: string;
  /** What stands before or behind them, without blanks and points: `$`, `USD`, or nothing. */
  signs: string[];
  isNegative: boolean;
}

/** Takes a number's cell apart, or null when no digit stands in it. Says nothing of whether it can be read. */
export function bareNumber(cell: string): BareNumber | null {
  const parts = /^([^\d]*)(\d(?:.*\d)?)([^\d]*)$/s.exec(cell.trim());
  if (!parts) return null;
  const [, before = "", number = "", after = ""] = parts;
  const isBracketed = /^\s*\(/.test(before) && /\)\s*$/.test(after);
  const [plainBefore, plainAfter] = isBracketed
    ? [before.replace("(", ""), after.replace(")", "")]
    : [before, after];
  const signs = [plainBefore, plainAfter].map((sign) => sign.replace(/[\s\u00a0\u202f]/g, ""));
  const isNegative = isBracketed || signs.some((sign) => /^[-−]|[-−]$/.test(sign));
  return {
    number,
    signs: signs.map((sign) => sign.replace(/^[-−]|[-−]$/g, "")).filter(Boolean),
    isNegative,
  };
}

/** Whether a sign or code can stand for `currency`. */
function agrees(sign: string, currency: string): boolean {
  const said = sign.replace(/\.$/, "").toUpperCase();
  return said === currency || (SIGNS[said] ?? "").split(" ").includes(currency);
}

/** Whether `sign` is one that amounts are written with at all. */
export function isMoneySign(sign: string): boolean {
  const said = sign.replace(/\.$/, "").toUpperCase();
  return Object.hasOwn(SIGNS, said) || Object.hasOwn(CURRENCIES, said);
}

/** An amount's cell as the interchange format writes it, or a `Refusal`. */
export function amountOf(field: string, cell: string, currency: string, style: NumberStyle): string {
  const bare = bareNumber(cell);
  if (!bare) return refuse(field, cell, `an amount of money is written ${writtenIn(style)}`);
  for (const sign of bare.signs)
    if (!agrees(sign, currency))
      refuse(field, cell, `${sign} does not stand for ${currency}, the row's currency`);
  if (bare.isNegative) refuse(field, cell, "an amount is not negative");
  return formatMajor(readMajor(bare.number, currency, style, field), currency);
}

/** The cell of a number that is no money, or a `Refusal`; a code beside it is none of its business. */
export function decimalOf(field: string, cell: string, style: NumberStyle): string {
  const { whole, decimals } =
    readNumber(cell, style) ?? refuse(field, cell, `a number is written ${writtenIn(style)}`);
  return decimals ? `${whole}.${decimals}` : whole;
}

export const STYLES: readonly NumberStyle[] = [
  { decimal: ".", thousands: "" },
  { decimal: ".", thousands: "," },
  { decimal: ",", thousands: "" },
  { decimal: ",", thousands: "." },
  { decimal: ",", thousands: " " },
  { decimal: ".", thousands: " " },
  { decimal: ".", thousands: "'" },
];

/** What all cells of a column say of how its numbers are written. */
export type FoundNumbers =
  | { at: "found"; style: NumberStyle; text: string }
  /** `text` has readings that differ, one for each of `styles`, and no other cell settles which. */
  | { at: "ambiguous"; styles: NumberStyle[]; text: string; line: number }
  /** Something stands there that is no number in any known way; `text` is the first of it. */
  | { at: "none"; text: string; line: number }
  | { at: "empty" };

interface Cell {
  text: string;
  line: number;
}

interface Shape {
  reads: number[];
  differ: string[];
}

const MOST_SHAPES = 10_000;

/**
 * Finds the one way in which a column's numbers are written: the one that reads most of them. What it does not read is
 * a bad cell of its own row, and never changes how the others are read (imports.md).
 */
export class NumberFinder {
  private readonly read = STYLES.map(() => 0);
  private readonly apart = new Map<string, Cell>();
  private readonly shapes = new Map<string, Shape>();
  private first: Cell | null = null;
  private stray: Cell | null = null;

  /** Takes note of one cell; an empty one says nothing. */
  observe(text: string, line: number): void {
    if (text === "") return;
    const { reads, differ } = this.shapeOf(text);
    if (reads.length === 0) {
      this.stray ??= { text, line };
      return;
    }
    this.first ??= { text, line };
    for (const at of reads) this.read[at] = (this.read[at] as number) + 1;
    for (const pair of differ) if (!this.apart.has(pair)) this.apart.set(pair, { text, line });
  }

  /** Which styles read a cell, and which pairs read it differently: a matter of its signs and zeros alone. */
  private shapeOf(text: string): Shape {
    const shape = text.replace(/[1-9]/g, "1");
    const known = this.shapes.get(shape);
    if (known) return known;
    const bare = bareNumber(text);
    const values = STYLES.map((style) => {
      const number = bare?.signs.every(isMoneySign) && readNumber(bare.number, style);
      return number ? `${number.whole}.${number.decimals.replace(/0+$/, "")}` : null;
    });
    const reads = STYLES.flatMap((_, at) => (values[at] === null ? [] : [at]));
    const differ = reads.flatMap((at) =>
      reads.filter((other) => other < at && values[other] !== values[at]).map((other) => `${other} ${at}`),
    );
    if (this.shapes.size < MOST_SHAPES) this.shapes.set(shape, { reads, differ });
    return { reads, differ };
  }

  /** What the cells that were observed come to. */
  settle(): FoundNumbers {
    if (!this.first) return this.stray ? { at: "none", ...this.stray } : { at: "empty" };
    const most = Math.max(...this.read);
    const best = STYLES.flatMap((_, at) => (this.read[at] === most ? [at] : []));
    const different = best.filter((at, place) =>
      best.slice(0, place).every((other) => this.apart.has(`${other} ${at}`)),
    );
    const cell = different.length > 1 ? this.apart.get(`${different[0]} ${different[1]}`) : undefined;
    if (cell) return { at: "ambiguous", styles: different.map((at) => STYLES[at] as NumberStyle), ...cell };
    return { at: "found", style: STYLES[best[0] as number] as NumberStyle, text: this.first.text };
  }
}

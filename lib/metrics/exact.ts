import type { Figure, Written } from "./definition";
import type { Sheet } from "./sheet";
import { isDefined, type Undefined } from "./value";

/** A number without rounding: a whole number over a whole number above zero, in lowest terms. */
export interface Exact {
  over: bigint;
  under: bigint;
}

export const ZERO: Exact = { over: 0n, under: 1n };

/** `over ÷ under` in lowest terms; `under` is not zero. */
export function exact(over: bigint, under = 1n): Exact {
  const by = divisor(over < 0n ? -over : over, under < 0n ? -under : under) * (under < 0n ? -1n : 1n);
  return { over: over / by, under: under / by };
}

function divisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

export const plus = (one: Exact, other: Exact): Exact =>
  exact(one.over * other.under + other.over * one.under, one.under * other.under);

export const less = (one: Exact, other: Exact): Exact => plus(one, { ...other, over: -other.over });

export const isZero = ({ over }: Exact): boolean => over === 0n;

/** As it is printed: a whole number as such, anything else as `"3/8"`. */
export function printed({ over, under }: Exact): number | string {
  return under === 1n ? Number(over) : `${over}/${under}`;
}

/** For showing, where numbers are rounded anyway. */
export const approximate = ({ over, under }: Exact): number => Number(over) / Number(under);

/**
 * What a figure is worth on a sheet, without rounding, by its one definition: amounts and counts are whole, what is
 * written as one whole number by another is that fraction, and days are a multiple of what the figure says they are of.
 * Null for a figure that is none of these; a rate that is missing is thrown as the sheet throws it.
 */
export function exactValue<P extends string>(figure: Figure<P>, sheet: Sheet<P>): Exact | Undefined | null {
  const value = figure.value(sheet);
  if (!isDefined(value)) return value;
  const parts = figure.wholes?.(sheet);
  if (parts !== undefined) return exact(BigInt(Math.round(value * parts)), BigInt(parts));
  if (figure.unit === "money" || figure.unit === "deals") return exact(BigInt(value));
  return fractionOf(figure.written?.(sheet));
}

/** `a ÷ b` of two whole numbers. */
function fractionOf(written: Written | undefined): Exact | null {
  if (written?.length !== 3) return null;
  const [over, sign, under] = written;
  if (sign !== "÷" || typeof over !== "object" || typeof under !== "object") return null;
  const whole = [over.value, under.value].every((value) => isDefined(value) && Number.isSafeInteger(value));
  return whole ? exact(BigInt(over.value as number), BigInt(under.value as number)) : null;
}

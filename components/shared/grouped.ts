/** A whole number with its thousands apart: `12,400`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 deal`, `12,400 deals`. */
export const dealsText = (count: number) => `${grouped(count)} ${count === 1 ? "deal" : "deals"}`;

/** A share in percent with one decimal, and "—" of nothing. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "—" : `${((part / whole) * 100).toFixed(1)} %`;
}

/** Numbers as people read them. English, whatever the machine's locale: a pack and a page must say the same. */

/** Digits apart in thousands: `12,400`, and `12,400.50` of `"12400.50"`. A number must be whole. */
export function thousands(digits: number | string): string {
  return String(digits).replace(/(?<!\.\d*)\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Rounded to `decimals` after the point, thousands apart, with a true minus; never a `−0`. */
export function decimal(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return `${value < 0 && Number(text) !== 0 ? "−" : ""}${thousands(text)}`;
}

/** A share in percent: `18.3 %` of `0.1825`. */
export function percent(share: number, decimals = 1): string {
  return `${decimal(share * 100, decimals)} %`;
}

/** A share as somebody set it, with the decimals that it has and no more: `25 %`, `12.5 %`. */
export function setPercent(share: number): string {
  return `${Number((share * 100).toFixed(6))} %`;
}

/** A part in percent of its whole, and "—" of nothing. */
export function percentOf(part: number, whole: number, decimals = 1): string {
  return whole === 0 ? "—" : percent(part / whole, decimals);
}

/** How large a file is: `820 bytes`, `12 KB`, `1.4 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${decimal(bytes / 1_000_000, 1)} MB`;
}

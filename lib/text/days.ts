/** Days as people read them, one way everywhere, whatever the locale, so that nobody swaps day and month. */

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** `2026-03-04` as `4 Mar 2026`, or as `4 Mar` where the year is plain. */
export function dayInWords(day: string, withYear = true): string {
  const [year, month, date] = day.split("-");
  const name = MONTHS[Number(month) - 1]?.slice(0, 3);
  return `${Number(date)} ${name}${withYear ? ` ${year}` : ""}`;
}

/** `2026-03` as `March 2026`. */
export function monthInWords(month: string): string {
  const [year, number] = month.split("-");
  return `${MONTHS[Number(number) - 1]} ${year}`;
}

/** A time zone as people read it: `Los Angeles` for `America/Los_Angeles`. */
export const placeOf = (zone: string): string => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");

/** Both ends of a span: `1 Jan – 31 Mar 2026`, the year twice only where it differs. */
export function spanInWords({ from, to }: { from: string; to: string }): string {
  return `${dayInWords(from, from.slice(0, 4) !== to.slice(0, 4))} – ${dayInWords(to)}`;
}

import { companyDay, companyTime, readInstant } from "@/lib/company-day";
import { dayInWords } from "@/lib/text/days";

/** An instant as `4 Mar 2026, 15:04`, as a clock in `zone` shows it. Whoever shows it says whose clock that is. */
export function timeInWords(instant: string, zone: string): string {
  const at = readInstant(instant) ?? Number.NaN;
  return `${dayInWords(companyDay(at, zone))}, ${companyTime(at, zone)}`;
}

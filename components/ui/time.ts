import { dayInWords } from "@/lib/text/days";

const two = (value: number) => String(value).padStart(2, "0");

/** An instant as `4 Mar 2026, 15:04`, in the reader's time zone. */
export function timeInWords(instant: string): string {
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${dayInWords(day)}, ${two(at.getHours())}:${two(at.getMinutes())}`;
}

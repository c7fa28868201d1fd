import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";

/** Refuses a span that ends before it begins; either end may be open. */
export function refuseBackward({ from, to }: { from?: Day; to?: Day }): void {
  if (from !== undefined && to !== undefined && from > to) refuse("to", to, `not before ${dayInWords(from)}`);
}

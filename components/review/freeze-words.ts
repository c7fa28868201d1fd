import { count } from "@/lib/text/words";
/** What still stands in the way of a freeze, in a sentence. */
export function undecidedWords(open: number): string {
  return open === 1
    ? "One case is neither decided nor deferred; the quarter freezes after it."
    : `${count(open, "case")} are neither decided nor deferred; the quarter freezes after them.`;
}

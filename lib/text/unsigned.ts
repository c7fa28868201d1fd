import { dayInWords } from "./days";

/**
 * What of a span rests on no signature (domain.md §5): its deals that closed before the first agreement and its reach,
 * which the unsigned preset judges. Null when nothing of it does.
 */
export function unsignedPart(
  unsignedBefore: string | null,
  { from, to }: { from: string; to: string },
): { all: boolean; sentence: string } | null {
  if (unsignedBefore === null || from >= unsignedBefore) return null;
  const sentence = `Deals closed before ${dayInWords(unsignedBefore)} are judged by the unsigned preset`;
  return { all: to < unsignedBefore, sentence };
}

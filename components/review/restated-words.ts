import { capital, codeWords } from "@/lib/text/words";

/** A verb's name as what was done: `tag-partner` → "Tag partner". */
export function writtenBy(action: string): string {
  return capital(codeWords(action));
}

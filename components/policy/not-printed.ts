import { unprintable } from "@/lib/text/printable";

/** Why a text cannot stand in the memo, where it has letters that no face has; null when it can. */
export function notPrinted(text: string): string | null {
  const letters = unprintable(text);
  return letters.length === 0 ? null : `Cannot be printed in the memo: ${letters.join(" ")}`;
}

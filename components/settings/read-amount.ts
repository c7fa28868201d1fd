import { isRefusal } from "@/lib/errors";
import { parseMajor } from "@/lib/money";

/** Minor units as somebody types an amount; the rule that it breaks instead. */
export function readAmount(typed: string, currency: string): number | string {
  try {
    return parseMajor(typed.replaceAll(",", ""), currency);
  } catch (error) {
    if (isRefusal(error)) return error.rule;
    throw error;
  }
}

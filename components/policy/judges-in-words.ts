import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { count, list, plural } from "@/lib/text/words";
import type { Outcomes } from "./use-backtest";

/** `From 1 Apr 2027 on it judges the 62 deals open today and the 9 closed since 1 Jan 2027.` */
export function judgesInWords(judges: NonNullable<Outcomes["judges"]>, activeFrom: string): string {
  const { open, closed, closedSince, frozen } = judges;
  const past =
    closedSince === null
      ? ", and none that is closed"
      : ` and the ${thousands(closed)} closed since ${dayInWords(closedSince)}`;
  const stay =
    frozen.length > 0
      ? ` ${list(frozen)} ${plural(frozen.length, "is frozen and stays", "are frozen and stay")} as sealed.`
      : "";
  return `From ${dayInWords(activeFrom)} on it judges the ${count(open, "deal")} open today${past}. What closed before stays judged as it is.${stay}`;
}

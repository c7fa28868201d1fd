import { dayInWords } from "@/lib/text/days";
import type { DealRow } from "./deal-row";

/**
 * Whether the list offers to tag a deal, or why not: after the close a claim is late (domain.md §5 Decided), and
 * is made knowingly on the deal's own page, where its lock is said.
 */
export function tagHere({
  may,
  state,
  closedOn,
}: Pick<DealRow, "may" | "state" | "closedOn">): true | string {
  if (may.tag !== true || state === "open") return may.tag;
  const on = closedOn ? ` on ${dayInWords(closedOn)}` : "";
  return `The deal was ${state}${on}: a partner is claimed late on its own page, or raise an exception`;
}

import { dayInWords } from "@/lib/text/days";
import type { PolicyLine } from "./policy-words";

/** Where a memo stands, as its head says beside the hash. */
export function memoState({
  state,
  signatures,
  activeFrom,
  activeUntil,
}: Pick<PolicyLine, "state" | "signatures" | "activeFrom" | "activeUntil">): string {
  const from = activeFrom ? dayInWords(activeFrom) : "";
  switch (state) {
    case "draft":
      return "Draft, binds nobody";
    case "proposed":
      return `Proposed from ${from}, ${signatures} of 3 signed`;
    case "signed":
      return `Signed, in force from ${from}`;
    case "in_force":
      return `In force from ${from}`;
    case "former":
      return `In force ${from} to ${activeUntil ? dayInWords(activeUntil) : ""}`;
    case "declined":
      return "Declined, binds nobody";
    case "withdrawn":
      return "Withdrawn, binds nobody";
  }
}

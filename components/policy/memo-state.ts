import { dayInWords } from "@/lib/text/days";
import type { PolicyLine } from "./policy-words";

/** Where a memo stands, as its head says beside the hash. */
export function memoState({
  state,
  signatures,
  activeFrom,
  activeUntil,
}: Pick<PolicyLine, "state" | "signatures" | "activeFrom" | "activeUntil">): string {
  const start = activeFrom ? dayInWords(activeFrom) : "";
  switch (state) {
    case "draft":
      return "Draft, binds nobody";
    case "proposed":
      return `Proposed from ${start}, ${signatures} of 3 signed`;
    case "signed":
      return `Signed, in force from ${start}`;
    case "in_force":
      return `In force from ${start}`;
    case "former":
      return `In force ${start} to ${activeUntil ? dayInWords(activeUntil) : ""}`;
    case "declined":
      return "Declined, binds nobody";
    case "withdrawn":
      return "Withdrawn, binds nobody";
  }
}

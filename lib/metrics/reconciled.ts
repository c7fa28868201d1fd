import type { Day } from "../attribution/facts";
import { FINDINGS, type FindingKind } from "../attribution/reconciliation";

/** How far a closed deal is decided (§8.5), what is still to do first. */
export const DECIDED_STATES = ["undecided", "exception", "stands", "clear"] as const;
export type DecidedState = (typeof DECIDED_STATES)[number];

/** A closed deal as its month is counted by. */
export interface ReconciledDeal {
  /** The day of its close, and as what: as it is now, whatever a seal holds of it. */
  endedOn: Day;
  endedAs: "won" | "lost";
  decided: DecidedState;
  /** The kinds of what is found on it, each once, in the order of `FINDINGS`. */
  found: readonly FindingKind[];
}

/** The kinds of findings as a projection keeps them. */
export function kindsOf(found: readonly { kind: FindingKind }[]): FindingKind[] {
  return FINDINGS.filter((kind) => found.some((one) => one.kind === kind));
}

/** By what a tally tells closed deals of one state apart: how they closed, and what is found on them. */
export const reconciledCell = ({ endedAs, found }: Pick<ReconciledDeal, "endedAs" | "found">): string =>
  [endedAs, ...found].join("/");

/** The inverse of `reconciledCell`. */
export function readReconciledCell(cell: string): Pick<ReconciledDeal, "endedAs" | "found"> {
  const [endedAs, ...found] = cell.split("/");
  return { endedAs: endedAs as ReconciledDeal["endedAs"], found: found as FindingKind[] };
}

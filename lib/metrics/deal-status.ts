import type { DealOutcome } from "../attribution/vocabulary";

/**
 * How a deal stands with its partner decision (§8.1, §8.3), by what is to be done next:
 * `to_decide` it is open and nobody said whether a partner is involved; `waits_for_ae` a role row of an open deal
 * waits for its AE; `disputed` it is answered, and a partner's claim is contested; `decided` every role row is
 * confirmed; `no_partner` its AE said that none is involved; `unanswered` it closed without an answer, which is the
 * reconciliation's to find (§8.5). In the order that a list sorted by it has.
 */
export const DEAL_STATUSES = [
  "to_decide",
  "waits_for_ae",
  "disputed",
  "decided",
  "no_partner",
  "unanswered",
] as const;
export type DealStatus = (typeof DEAL_STATUSES)[number];

/** The statuses in which a deal needs a decision: the one definition, for view, filter, count, row and inbox. */
export const NEEDS_DECISION = ["to_decide", "waits_for_ae"] as const satisfies readonly DealStatus[];

export const needsDecision = (status: DealStatus): boolean =>
  (NEEDS_DECISION as readonly DealStatus[]).includes(status);

/** The statuses whose attribution stands: what a close as won asks for (§8.3). */
export const isAnswered = (status: DealStatus): boolean => !needsDecision(status) && status !== "unanswered";

interface Standing {
  outcome: DealOutcome;
  disputed: boolean;
  /** Its role rows that stand. */
  rows: readonly { confirmedOn: string | null }[];
  /** Its AE said that no partner is involved. */
  noPartner: boolean;
}

/** A row that stands outweighs an earlier "no partner involved", as the close has it. */
export function statusOf({ outcome, disputed, rows, noPartner }: Standing): DealStatus {
  const waiting = rows.some(({ confirmedOn }) => confirmedOn === null);
  const answered = rows.length > 0 ? !waiting : noPartner;
  if (!answered && outcome !== "open") return "unanswered";
  if (!answered) return waiting ? "waits_for_ae" : "to_decide";
  if (disputed) return "disputed";
  return rows.length > 0 ? "decided" : "no_partner";
}

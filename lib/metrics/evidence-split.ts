import { GRADES, type Grade } from "../attribution/vocabulary";

/** A part of an amount: the deals whose outcome has that evidence (domain.md §5, §7), and what they come to. */
export interface EvidenceShare {
  /** Null: the deals without credit, which need none. */
  evidence: Grade | null;
  deals: number;
  /** Minor units of the reporting currency. */
  amount: number;
}

/** The shares of an amount in the order in which they are shown, the best evidence first. */
export const EVIDENCE_ORDER: readonly (Grade | null)[] = [...GRADES.toReversed(), null];

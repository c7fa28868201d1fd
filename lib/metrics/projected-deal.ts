import type { Day, Facts, RoleRow } from "../attribution/facts";
import { factsOnDay } from "../attribution/known";
import type { PartnerResult, Result } from "../attribution/result";
import { stageOn } from "../attribution/stage";
import {
  type Grade,
  type GrayCode,
  OUTCOMES,
  type Outcome,
  type Role,
  type Stage,
} from "../attribution/vocabulary";
import { addDays } from "../calendar";
import { classKey, classOf } from "./deal-class";
import { type DealStatus, isAnswered, statusOf } from "./deal-status";
import type { JudgedDeal } from "./judged-deal";
import { cellOf, cycleOf } from "./tally";

/** All activities of a deal are proven, some lack proof, or there are none. */
export const PROOF_STATES = ["proven", "missing", "none"] as const;
export type ProofState = (typeof PROOF_STATES)[number];

/** How many days before its expected close an open deal closes soon. */
export const CLOSING_DAYS = 30;
/** The stages before a close: where nobody said when a deal closes, one that is there closes soon. */
export const CLOSING_STAGES: readonly Stage[] = [4, 5];

/**
 * The first day on which an open deal closes soon (domain.md §1): so many days before its owner expects it to close;
 * where nobody said when, at once at a stage before a close. Null: it is closed, or nothing tells.
 */
export function closesSoonFrom(
  { outcome, stage }: Pick<ProjectedDeal, "outcome" | "stage">,
  expectedOn: Day | null,
  asOf: Day,
): Day | null {
  if (outcome !== "open") return null;
  if (expectedOn !== null) return addDays(expectedOn, -CLOSING_DAYS);
  return CLOSING_STAGES.includes(stage) ? asOf : null;
}

/** A partner on a deal: one for each of its role rows, or one without a row. Names are where partners are. */
export interface ProjectedPartner {
  id: string;
  rowId: string | null;
  role: Role | null;
  touchStage: Stage | null;
  confirmed: boolean;
  outcome: Outcome;
  disputed: Outcome | null;
  /** Who stands behind the outcome; null without credit. */
  evidence: Grade | null;
}

/**
 * One row a deal: all that lists, filters, sorts, numbers and seals read of it, the living and the frozen
 * alike. Made from facts and their result and nothing else, so it can be made again and must be the same.
 */
export interface ProjectedDeal extends JudgedDeal {
  account: string | null;
  stage: Stage;
  disputed: boolean;
  gray: GrayCode[];
  /** Its AE had confirmed every role row, or said that no partner is involved. */
  confirmed: boolean;
  status: DealStatus;
  proof: ProofState;
  /** Who earned most first; then in order of record, without a row last, then of id. */
  partners: ProjectedPartner[];
  /** Days of its activities, ascending. */
  engagedOn: Day[];
  /** How numbers count it (deal-class.ts), and in which cell of the matched comparison. */
  countsAs: string;
  cell: string;
  /** From created to closed; null while open, or when it closed before it was created (§7). */
  cycleDays: number | null;
  policyHash: string;
}

/** What a projection is made from. */
export interface Judgement {
  facts: Facts;
  result: Result;
  policyHash: string;
  account: string | null;
  /** The AE. */
  owner: string;
  /** The day its AE said that no partner was involved. */
  noPartnerOn: Day | null;
}

export function projectDeal(judgement: Judgement): ProjectedDeal {
  const facts = factsOnDay(judgement.facts);
  const { result, account, owner, policyHash } = judgement;
  const noPartnerOn =
    judgement.noPartnerOn !== null && judgement.noPartnerOn <= facts.asOf ? judgement.noPartnerOn : null;
  const { id, amount, currency, type, route, createdOn, closedOn, outcome } = facts.deal;
  const deal: JudgedDeal = {
    ...{ id, owner, amount, currency, type, route, createdOn, closedOn, outcome },
    attribution: result.outcome,
    evidence: result.evidence,
    confirmedBeforeClose: isConfirmedBeforeClose(facts, noPartnerOn),
  };
  const disputed = result.partners.some((partner) => partner.disputed !== null);
  const status = statusOf({ outcome, disputed, rows: facts.roles, noPartner: noPartnerOn !== null });
  const one = classOf(deal);
  return {
    ...deal,
    stage: stageOn(facts.stages, facts.asOf),
    ...{ disputed, status, confirmed: isAnswered(status) },
    account,
    gray: result.gray,
    proof: proofOf(facts),
    partners: partnersOn(facts, result),
    engagedOn: facts.activities.map(({ occurredOn }) => occurredOn).sort(),
    countsAs: classKey(one),
    cell: cellOf(deal),
    cycleDays: one.hasCycle ? cycleOf(deal) : null,
    policyHash,
  };
}

/**
 * Whether a closed deal's attribution was confirmed by its close (§8.3, §8.7): "no partner involved" was
 * said by then, or every role row recorded by then was confirmed by then and there is one.
 */
function isConfirmedBeforeClose({ deal, roles }: Facts, noPartnerOn: Day | null): boolean {
  const { closedOn } = deal;
  if (closedOn === null) return false;
  if (noPartnerOn !== null && noPartnerOn <= closedOn) return true;
  const rows = roles.filter(({ recordedOn }) => recordedOn <= closedOn);
  return rows.length > 0 && rows.every(({ confirmedOn }) => confirmedOn !== null && confirmedOn <= closedOn);
}

function proofOf({ activities }: Facts): ProofState {
  if (activities.length === 0) return "none";
  return activities.every(({ proof }) => proof !== null) ? "proven" : "missing";
}

function partnersOn({ roles }: Facts, { partners }: Result): ProjectedPartner[] {
  const resultOf = new Map<string, PartnerResult>(partners.map((partner) => [partner.partnerId, partner]));
  const named = new Set(roles.map(({ partnerId }) => partnerId));
  const recorded = roles.toSorted(inOrderOfRecord);
  const all = [
    ...recorded.map(({ id, partnerId, role, touchStage, confirmedOn }) => ({
      ...{ id: partnerId, rowId: id, role, touchStage, confirmed: confirmedOn !== null },
      outcome: resultOf.get(partnerId)?.outcome ?? ("none" as const),
      disputed: resultOf.get(partnerId)?.disputed ?? null,
      evidence: resultOf.get(partnerId)?.evidence ?? null,
    })),
    ...partners
      .filter(({ partnerId }) => !named.has(partnerId))
      .map(({ partnerId, outcome, disputed, evidence }) => ({
        ...{ id: partnerId, rowId: null, role: null, touchStage: null, confirmed: false },
        ...{ outcome, disputed, evidence },
      })),
  ];
  return all.toSorted((one, other) => OUTCOMES.indexOf(one.outcome) - OUTCOMES.indexOf(other.outcome));
}

/** By what the rows say; an id, which another database would have made otherwise, settles only what reads the same. */
function inOrderOfRecord(one: RoleRow, other: RoleRow): number {
  return (
    order(one.recordedOn, other.recordedOn) ||
    order(one.partnerId, other.partnerId) ||
    one.touchStage - other.touchStage ||
    order(one.role, other.role) ||
    order(one.touchedOn, other.touchedOn) ||
    order(one.confirmedOn ?? "", other.confirmedOn ?? "") ||
    order(one.id, other.id)
  );
}

const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

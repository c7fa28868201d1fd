import { canonicalJson } from "./canonical";
import type { Facts } from "./facts";
import { factsOnDay } from "./known";
import { isCredited } from "./models";
import type { Policy } from "./policy";
import type { PartnerResult, Result } from "./result";
import type { Outcome } from "./vocabulary";

/** What the monthly reconciliation finds on a closed deal (domain.md §8.5), what hangs on most first. */
export const FINDINGS = [
  "unconfirmed",
  "drifted",
  "activity_without_row",
  "row_without_activity",
  "no_receipt",
  "outdated_receipt",
] as const;
export type FindingKind = (typeof FINDINGS)[number];

/** What would settle a finding: an answer of its AE, the CRM's word or ours, a row of now, the two sides, or that it stands. */
export const SUGGESTIONS = ["confirm", "no_partner", "take", "keep", "tag", "exception", "stands"] as const;
export type Suggestion = (typeof SUGGESTIONS)[number];

/** Why, as a code; sentences are made where people read (`findingWords` in components/reconciliation). */
export const REASONS = [
  "row_waits",
  "nobody_named",
  "somebody_unnamed",
  "said_anew",
  "corrected_here",
  "rows_locked",
  "gone_there",
  "credited_without",
  "late_row_counts",
  "disputed",
  "earns_nothing",
  "not_asked",
  "comes_to_the_same",
  "comes_to_another",
] as const;
export type Reason = (typeof REASONS)[number];

export interface Finding {
  kind: FindingKind;
  /** Whom it is about; null when it is about the deal. */
  partnerId: string | null;
  suggestion: Suggestion;
  because: Reason;
  /** Of `drifted` alone: what says otherwise. */
  drift?: Drift;
}

/** A record that the CRM says otherwise than what a person decided here, said anew since (docs/connections.md). */
export interface Drift {
  connectionId: string;
  /** The connection, as it is called here. */
  source: string;
  /** A deal, or a line of its role table. */
  of: "deals" | "roles";
  key: string;
  /** Of a role row. */
  partnerId: string | null;
  /** Side by side; the field "" is the whole record, and null that it is not there. */
  fields: readonly { field: string; here: unknown; there: unknown }[];
  /** What stands here is a correction that two people made. */
  corrected: boolean;
}

/** What the stage gate has to do with the deal. */
export interface OfGate {
  /** What the receipt says that it comes to; null when there is none, or none of this installation's. */
  said: Outcome | null;
  /** Whether it closed as the receipt says, on the facts of the receipt. */
  holds: boolean;
}

/** A closed deal as it is reconciled. */
export interface ClosedDeal {
  facts: Facts;
  policy: Policy;
  result: Result;
  /** Its AE said that no partner was involved. */
  noPartner: boolean;
  /** Null when the CRM owes no receipt of it. */
  gate: OfGate | null;
  /** Where the CRM says otherwise since. */
  drifts: readonly Drift[];
}

/** What is found on a closed deal, in the order of `FINDINGS`, then of partners; nothing on an open one. */
export function findingsOn({ facts: given, policy, result, noPartner, gate, drifts }: ClosedDeal): Finding[] {
  const facts = factsOnDay(given);
  if (facts.deal.outcome === "open") return [];
  return [
    ...unconfirmed(facts, noPartner),
    ...drifts.map(drifted),
    ...result.partners.flatMap((partner) => activityWithoutRow(facts, policy, partner)),
    ...result.partners.flatMap((partner) => rowWithoutActivity(facts, partner)),
    ...(gate ? ofGate(gate, result) : []),
  ];
}

/** By what a decision names a finding: the same thing found again is the same text. What a source says anew is another. */
export function findingKey({
  kind,
  partnerId,
  drift,
}: Pick<Finding, "kind" | "partnerId" | "drift">): string {
  if (drift) {
    const said = drift.fields.map(({ field, there }) => [field, there] as const);
    return `${kind}:${drift.of}:${drift.key}:${canonicalJson(said)}`;
  }
  return partnerId === null ? kind : `${kind}:${partnerId}`;
}

/** Whether the source has the record no more. */
export const isGoneThere = ({ fields }: Pick<Drift, "fields">): boolean =>
  fields.some(({ field, there }) => field === "" && there === null);

/** The CRM keeps the deal; what two decided here, and what the close locked, holds until it is decided otherwise. */
function drifted(drift: Drift): Finding {
  const found = (suggestion: Suggestion, because: Reason): Finding => ({
    ...{ kind: "drifted", partnerId: drift.partnerId, suggestion, because, drift },
  });
  if (drift.of === "roles") return found("keep", "rows_locked");
  if (isGoneThere(drift)) return found("exception", "gone_there");
  return drift.corrected ? found("keep", "corrected_here") : found("take", "said_anew");
}

/** Closed without confirmation: as the stage gate asks it (§8.3). */
function unconfirmed({ roles, registrations, activities }: Facts, noPartner: boolean): Finding[] {
  const found = (partnerId: string | null, suggestion: Suggestion, because: Reason): Finding => ({
    ...{ kind: "unconfirmed", partnerId, suggestion, because },
  });
  if (roles.length > 0) {
    const waiting = roles.filter(({ confirmedOn }) => confirmedOn === null);
    const partners = new Set(waiting.map(({ partnerId }) => partnerId));
    return [...partners].sort().map((partnerId) => found(partnerId, "confirm", "row_waits"));
  }
  if (noPartner) return [];
  const somebody = registrations.length + activities.length > 0;
  return [somebody ? found(null, "tag", "somebody_unnamed") : found(null, "no_partner", "nobody_named")];
}

/** Something was done before the sale's end, and no row says in which role. */
function activityWithoutRow(facts: Facts, policy: Policy, partner: PartnerResult): Finding[] {
  const { partnerId } = partner;
  if (!didSomething(facts, partnerId) || hasRow(facts, partnerId)) return [];
  return [{ kind: "activity_without_row", partnerId, ...withoutRow(facts, policy, partner) }];
}

/** Whether a row of now would count: §5 Decided, late tagging. */
function withoutRow(
  { activities, deal }: Facts,
  policy: Policy,
  { partnerId, outcome, disputed }: PartnerResult,
): Pick<Finding, "suggestion" | "because"> {
  if (isCredited(outcome)) return { suggestion: "stands", because: "credited_without" };
  const contemporaneous = activities.some(
    (one) => one.partnerId === partnerId && one.proof !== null && one.recordedOn <= (deal.closedOn ?? ""),
  );
  if (policy.lateRecording === "with_contemporaneous_evidence" && contemporaneous)
    return { suggestion: "tag", because: "late_row_counts" };
  return contested(disputed);
}

/** A role, and nothing that was done in it. */
function rowWithoutActivity(facts: Facts, { partnerId, outcome, disputed }: PartnerResult): Finding[] {
  if (didSomething(facts, partnerId) || !hasRow(facts, partnerId)) return [];
  const kind = "row_without_activity";
  if (isCredited(outcome)) return [{ kind, partnerId, suggestion: "stands", because: "credited_without" }];
  return [{ kind, partnerId, ...contested(disputed) }];
}

function contested(disputed: Outcome | null): Pick<Finding, "suggestion" | "because"> {
  if (disputed !== null) return { suggestion: "exception", because: "disputed" };
  return { suggestion: "stands", because: "earns_nothing" };
}

function ofGate({ said, holds }: OfGate, { outcome }: Result): Finding[] {
  if (said === null) return [{ ...NO_RECEIPT }];
  if (holds) return [];
  const same = said === outcome;
  return [
    {
      ...{ kind: "outdated_receipt", partnerId: null },
      suggestion: same ? "stands" : "exception",
      because: same ? "comes_to_the_same" : "comes_to_another",
    },
  ];
}

const NO_RECEIPT: Finding = {
  ...{ kind: "no_receipt", partnerId: null, suggestion: "stands", because: "not_asked" },
};

const hasRow = ({ roles }: Facts, partner: string) => roles.some(({ partnerId }) => partnerId === partner);

const didSomething = ({ activities }: Facts, partner: string) =>
  activities.some(({ partnerId, stage }) => partnerId === partner && stage < 6);

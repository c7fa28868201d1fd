import type { Activity, Day, Facts, Registration, RoleRow, Ruling } from "./facts";
import type { Model } from "./vocabulary";

/** What one partner on the deal has to show, as it stands on `asOf`. Source: domain.md §2, §4. */
export interface Evidence {
  readonly partnerId: string;
  readonly registrations: readonly Registration[];
  readonly roles: readonly RoleRow[];
  readonly activities: readonly Activity[];
  /** The latest ruling for the policy's model, which replaces the outcome (§5). */
  readonly ruling: Ruling | null;
}

interface Gathered extends Evidence {
  registrations: Registration[];
  roles: RoleRow[];
  activities: Activity[];
  ruling: Ruling | null;
}

/**
 * The evidence of every partner on the deal, in order of id by code unit. What is dated after `asOf` is
 * left out, so whoever has nothing else is not on the deal; a confirmation after it has not happened.
 */
export function gatherEvidence(facts: Facts, model: Model): Evidence[] {
  const { asOf } = facts;
  const partners: Gathered[] = [];
  for (const registration of facts.registrations) {
    if (registration.submittedOn > asOf) continue;
    partnerIn(partners, registration.partnerId).registrations.push(registration);
  }
  for (const row of facts.roles) {
    if (row.recordedOn > asOf) continue;
    partnerIn(partners, row.partnerId).roles.push(withoutLaterConfirmation(row, asOf));
  }
  for (const activity of facts.activities) {
    if (activity.recordedOn > asOf || activity.occurredOn > asOf) continue;
    partnerIn(partners, activity.partnerId).activities.push(activity);
  }
  for (const ruling of facts.rulings) {
    if (ruling.decidedOn > asOf) continue;
    const partner = partnerIn(partners, ruling.partnerId);
    if (ruling.model === model && isLater(ruling, partner.ruling)) partner.ruling = ruling;
  }
  if (partners.length > 1) partners.sort((a, b) => (a.partnerId < b.partnerId ? -1 : 1));
  return partners;
}

function partnerIn(partners: Gathered[], partnerId: string): Gathered {
  for (const partner of partners) if (partner.partnerId === partnerId) return partner;
  const partner: Gathered = { partnerId, registrations: [], roles: [], activities: [], ruling: null };
  partners.push(partner);
  return partner;
}

function withoutLaterConfirmation(row: RoleRow, asOf: Day): RoleRow {
  return row.confirmedOn !== null && row.confirmedOn > asOf ? { ...row, confirmedOn: null } : row;
}

function isLater(ruling: Ruling, than: Ruling | null): boolean {
  if (than === null || ruling.decidedOn > than.decidedOn) return true;
  return ruling.decidedOn === than.decidedOn && ruling.id > than.id;
}

/** The partner's earliest role, registration or activity day; null when only a ruling names it (§5 credit). */
export function firstDay(evidence: Evidence): Day | null {
  let first: Day | null = null;
  for (const { touchedOn } of evidence.roles) if (first === null || touchedOn < first) first = touchedOn;
  for (const { submittedOn } of evidence.registrations) {
    if (first === null || submittedOn < first) first = submittedOn;
  }
  for (const { occurredOn } of evidence.activities) {
    if (first === null || occurredOn < first) first = occurredOn;
  }
  return first;
}

/** One thing that a fact lacks and that its owner could still supply (§5 dispute). */
export interface Gap {
  readonly factId: string;
  readonly lacks: "confirmation" | "proof" | "approval";
}

/** The gaps of a partner's evidence: confirmations, then proofs, then approvals, each by fact id. */
export function gapsOf(evidence: Evidence): Gap[] {
  return [
    ...gapsIn(
      evidence.roles.filter((row) => row.confirmedOn === null),
      "confirmation",
    ),
    ...gapsIn(
      evidence.activities.filter((activity) => activity.proof === null),
      "proof",
    ),
    ...gapsIn(
      evidence.registrations.filter((registration) => registration.status === "pending"),
      "approval",
    ),
  ];
}

function gapsIn(facts: readonly { id: string }[], lacks: Gap["lacks"]): Gap[] {
  return facts
    .map(({ id }) => id)
    .sort()
    .map((factId) => ({ factId, lacks }));
}

/** The same evidence with these gaps filled; the days of record stay as they are. */
export function fillGaps(evidence: Evidence, gaps: readonly Gap[]): Evidence {
  return {
    ...evidence,
    roles: evidence.roles.map((row) =>
      names(gaps, "confirmation", row.id) ? { ...row, confirmedOn: row.confirmedOn ?? row.recordedOn } : row,
    ),
    activities: evidence.activities.map((activity) =>
      names(gaps, "proof", activity.id) ? { ...activity, proof: activity.proof ?? "note:filled" } : activity,
    ),
    registrations: evidence.registrations.map((registration) =>
      names(gaps, "approval", registration.id) && registration.status === "pending"
        ? { ...registration, status: "approved" }
        : registration,
    ),
  };
}

function names(gaps: readonly Gap[], lacks: Gap["lacks"], factId: string): boolean {
  return gaps.some((gap) => gap.lacks === lacks && gap.factId === factId);
}

import type { Activity, Day, Facts, Registration, RoleRow, Ruling, Witness } from "./facts";
import { activityOn, registrationOn, rowOn } from "./known";
import { GRADES, type Grade, type Model } from "./vocabulary";

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
 * left out, so whoever has nothing else is not on the deal; a confirmation or second hand after it has not
 * happened, and what was decided after it is pending.
 */
export function gatherEvidence(facts: Facts, model: Model): Evidence[] {
  const { asOf } = facts;
  const partners: Gathered[] = [];
  for (const one of facts.registrations) {
    const known = registrationOn(one, asOf);
    if (known !== null) partnerIn(partners, known.partnerId).registrations.push(known);
  }
  for (const one of facts.roles) {
    const known = rowOn(one, asOf);
    if (known !== null) partnerIn(partners, known.partnerId).roles.push(known);
  }
  for (const one of facts.activities) {
    const known = activityOn(one, asOf);
    if (known !== null) partnerIn(partners, known.partnerId).activities.push(known);
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

/** Who stands behind a gathered fact: a system, two people or one (§2). */
export function gradeOf({ source, secondHandOn }: Witness): Grade {
  return source !== null ? "witnessed" : secondHandOn !== null ? "countersigned" : "stated";
}

/** Whether `grade` is at least as good as `least`. */
export function reaches(grade: Grade, least: Grade): boolean {
  return GRADES.indexOf(grade) >= GRADES.indexOf(least);
}

/** The facts of that grade or better; the same object when none falls short. */
export function evidenceFrom(evidence: Evidence, least: Grade): Evidence {
  if (least === "stated") return evidence;
  const registrations = countingOf(evidence.registrations, least);
  const roles = countingOf(evidence.roles, least);
  const activities = countingOf(evidence.activities, least);
  const all =
    registrations === evidence.registrations &&
    roles === evidence.roles &&
    activities === evidence.activities;
  return all ? evidence : { ...evidence, registrations, roles, activities };
}

function countingOf<F extends Witness>(facts: readonly F[], least: Grade): readonly F[] {
  const found = facts.filter((fact) => reaches(gradeOf(fact), least));
  return found.length === facts.length ? facts : found;
}

/** One thing that a fact lacks and that somebody could still supply (§5 dispute). */
export interface Gap {
  readonly factId: string;
  readonly lacks: "second_hand" | "confirmation" | "proof" | "approval";
}

/**
 * The gaps of a partner's evidence: second hands, where the policy asks for two, then confirmations, proofs and
 * approvals, each by fact id. What no system witnessed stays unwitnessed.
 */
export function gapsOf(evidence: Evidence, least: Grade): Gap[] {
  const { registrations, roles, activities } = evidence;
  const own = [
    ...gapsIn(
      roles.filter((row) => row.confirmedOn === null),
      "confirmation",
    ),
    ...gapsIn(
      activities.filter((activity) => activity.proof === null),
      "proof",
    ),
    ...gapsIn(
      registrations.filter((registration) => registration.status === "pending"),
      "approval",
    ),
  ];
  if (least !== "countersigned") return own;
  const stated = [...roles, ...activities, ...registrations].filter((fact) => gradeOf(fact) === "stated");
  return [...gapsIn(stated, "second_hand"), ...own];
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
    roles: evidence.roles.map((row) => {
      const known = withSecondHand(row, gaps);
      return names(gaps, "confirmation", row.id) ? { ...known, confirmedOn: row.recordedOn } : known;
    }),
    activities: evidence.activities.map((activity) => {
      const known = withSecondHand(activity, gaps);
      return names(gaps, "proof", activity.id) ? { ...known, proof: "note:filled" } : known;
    }),
    registrations: evidence.registrations.map((registration) => {
      const known = withSecondHand(registration, gaps);
      return names(gaps, "approval", registration.id)
        ? { ...known, status: "approved", decidedOn: registration.recordedOn }
        : known;
    }),
  };
}

function withSecondHand<F extends Witness & { id: string; recordedOn: Day }>(
  fact: F,
  gaps: readonly Gap[],
): F {
  return names(gaps, "second_hand", fact.id) ? { ...fact, secondHandOn: fact.recordedOn } : fact;
}

function names(gaps: readonly Gap[], lacks: Gap["lacks"], factId: string): boolean {
  for (const gap of gaps) if (gap.factId === factId && gap.lacks === lacks) return true;
  return false;
}

import type { Day } from "@/lib/attribution/facts";
import type {
  ActivityType,
  DealType,
  GrayCode,
  Involvement,
  Outcome,
  RegistrationStatus,
  Role,
  Route,
  Stage,
} from "@/lib/attribution/vocabulary";
import { addDays, dayNumber } from "@/lib/calendar";

/** One deal as it went or will go: everything with its day, so that it can be told up to any of them. */
export interface DealStory {
  id: string;
  account: string;
  /** The AE's name. */
  owner: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  type: DealType;
  route: Route;
  createdOn: Day;
  firstEngagedOn: Day | null;
  recreatedFrom: string | null;
  /** In order of entry; the first on `createdOn`. */
  stages: readonly { stage: Stage; on: Day }[];
  close: { outcome: "won" | "lost"; on: Day } | null;
  /** The day the AE said that no partner is involved. */
  noPartnerOn: Day | null;
  registrations: readonly RegistrationStory[];
  roles: readonly RoleStory[];
  activities: readonly ActivityStory[];
  /** What was put right of it after its close, accepted by finance; `amount` above is what it came to. */
  correction: CorrectionStory | null;
  /** What finance and partnerships decided of a case of it. */
  ruling: RulingStory | null;
}

interface CorrectionStory {
  /** The amount that it was closed with, in minor units. */
  was: number;
  reason: string;
  proposedOn: Day;
  acceptedOn: Day;
}

interface RulingStory {
  kind: GrayCode;
  partnerId: string;
  outcome: Outcome;
  decidedOn: Day;
}

export interface RegistrationStory {
  partnerId: string;
  submittedOn: Day;
  /** What became of it, and when; null while it is pending. */
  decided: { status: Exclude<RegistrationStatus, "pending">; on: Day } | null;
}

export interface RoleStory {
  partnerId: string;
  role: Role;
  contact: string | null;
  touchStage: Stage;
  touchedOn: Day;
  recordedOn: Day;
  /** The AE's own row is confirmed on the day; the partner manager's waits for `confirmedOn`. */
  by: "ae" | "partner_manager";
  confirmedOn: Day | null;
}

export interface ActivityStory {
  partnerId: string;
  type: ActivityType;
  stage: Stage;
  involvement: Involvement;
  occurredOn: Day;
  recordedOn: Day;
  proof: string | null;
  /** The day on which a proof that was missing at first was brought; null when it came with the record. */
  provenOn: Day | null;
  /** The day on which the deal's AE vouched for it; null when nobody did. */
  vouchedOn: Day | null;
  nextStep: string | null;
  nextStepDueOn: Day | null;
  /** The day on which its next step was done; null while it is open. */
  stepDoneOn: Day | null;
}

/** The last working day on or before a day: nobody at Tarnwick works at weekends. Keeps the order of days. */
export function workday(day: Day): Day {
  const weekday = dayNumber(day) % 7; // 0001-01-01 was a Monday
  return weekday < 5 ? day : addDays(day, 4 - weekday);
}

/** The deal's stage on a day: the last one entered on or before it, 0 before the first (domain.md §4). */
export function stageOn(stages: DealStory["stages"], day: Day): Stage {
  return stages.findLast((entry) => entry.on <= day)?.stage ?? 0;
}

/**
 * The part of a deal that has been recorded by the end of `day`; null before the deal was created.
 * What happens later is not known yet: no close, no confirmation, no decision, no proof.
 */
export function toldUntil(story: DealStory, day: Day): DealStory | null {
  if (story.createdOn > day) return null;
  const known = <T extends { on: Day }>(thing: T | null): T | null =>
    thing && thing.on <= day ? thing : null;
  const passed = (on: Day | null): Day | null => (on !== null && on <= day ? on : null);
  return {
    ...story,
    ...(story.correction && story.correction.acceptedOn > day
      ? { amount: story.correction.was, correction: null }
      : {}),
    ruling: story.ruling && story.ruling.decidedOn <= day ? story.ruling : null,
    stages: story.stages.filter(({ on }) => on <= day),
    close: known(story.close),
    noPartnerOn: passed(story.noPartnerOn),
    registrations: story.registrations
      .filter(({ submittedOn }) => submittedOn <= day)
      .map((registration) => ({ ...registration, decided: known(registration.decided) })),
    roles: story.roles
      .filter(({ recordedOn }) => recordedOn <= day)
      .map((role) => ({ ...role, confirmedOn: passed(role.confirmedOn) })),
    activities: story.activities
      .filter(({ recordedOn }) => recordedOn <= day)
      .map((activity) => ({
        ...activity,
        vouchedOn: passed(activity.vouchedOn),
        stepDoneOn: passed(activity.stepDoneOn),
      }))
      .map((activity) =>
        activity.provenOn === null || activity.provenOn <= day ? activity : { ...activity, proof: null },
      ),
  };
}

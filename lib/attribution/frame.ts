import { addDays, dayNumber, daysBetween } from "../calendar";
import type { Activity, Day, DealFacts, Facts, PartnerFacts, RoleRow, StageEntry } from "./facts";
import type { Policy } from "./policy";
import type { Stage } from "./vocabulary";

/** The deal under its policy: everything that the tests of §4 ask and that no partner changes. */
export interface Frame {
  readonly policy: Policy;
  readonly deal: DealFacts;
  readonly stages: readonly StageEntry[];
  readonly partners: readonly PartnerFacts[];
  readonly medianCycleDays: number | null;
  /** The deal was changed after its close, by `asOf`. */
  readonly amended: boolean;
  /** `C`. */
  readonly closedOn: Day | null;
  /** `R`: the close day, or `asOf` while open. */
  readonly reference: Day;
  /** The first day on which influence counts; null without a bound. */
  readonly windowStart: Day | null;
}

export function frameOf(policy: Policy, facts: Facts): Frame {
  const { deal, stages, partners, cohort } = facts;
  const reference = deal.closedOn ?? facts.asOf;
  return {
    policy,
    deal,
    stages,
    partners,
    medianCycleDays: cohort.medianCycleDays,
    amended: deal.amendedOn !== null && deal.amendedOn <= facts.asOf,
    closedOn: deal.closedOn,
    reference,
    windowStart: windowStart(reference, policy.influenceWindowDays),
  };
}

function windowStart(reference: Day, days: number | null): Day | null {
  // A window that reaches back before the calendar's first day is no bound at all.
  return days === null || days > dayNumber(reference) ? null : addDays(reference, -days);
}

/**
 * The deal's stage on a day: the last one entered on or before it, 0 before the first (§4). Of two
 * entered on one day the later in the list counts.
 */
export function stageOn(stages: readonly StageEntry[], day: Day): Stage {
  let last: StageEntry | null = null;
  for (const entry of stages) {
    if (entry.enteredOn <= day && (last === null || entry.enteredOn >= last.enteredOn)) last = entry;
  }
  return last === null ? 0 : last.stage;
}

/** Late (§6 late_record): recorded after the close, on a deal that replaces no other. */
export function isLate({ closedOn, deal }: Frame, recordedOn: Day): boolean {
  return closedOn !== null && recordedOn > closedOn && deal.recreatedFrom === null;
}

/** Delayed (§4): written down more days after it happened than the memo allows. */
export function isDelayed({ deal, policy }: Frame, happenedOn: Day, recordedOn: Day): boolean {
  // Most is written down at once: counting days is for the rest.
  if (recordedOn <= happenedOn || deal.recreatedFrom !== null) return false;
  return daysBetween(happenedOn, recordedOn) > policy.recordWithin.days;
}

/** In time (§4): not late and, where the memo refuses delay, not delayed. */
export function isInTime(frame: Frame, happenedOn: Day, recordedOn: Day): boolean {
  if (isLate(frame, recordedOn)) return false;
  return frame.policy.recordWithin.consequence === "flag" || !isDelayed(frame, happenedOn, recordedOn);
}

/** Documented (§4): proven, in time, not after the close, stage 0-5, inside the window. */
export function isDocumented(frame: Frame, activity: Activity): boolean {
  return (
    activity.proof !== null &&
    activity.stage <= 5 &&
    isInTime(frame, activity.occurredOn, activity.recordedOn) &&
    (frame.closedOn === null || activity.occurredOn <= frame.closedOn) &&
    (frame.windowStart === null || activity.occurredOn >= frame.windowStart)
  );
}

/**
 * The rows that are in time. Late ones too where the memo accepts contemporaneous evidence: any activity
 * of the partner with proof, in time itself (§4; §5 *late tagging*).
 */
export function rowsInTime(
  frame: Frame,
  roles: readonly RoleRow[],
  activities: readonly Activity[],
): readonly RoleRow[] {
  if (roles.every((row) => isInTime(frame, row.touchedOn, row.recordedOn))) return roles;
  const excused =
    frame.policy.lateRecording === "with_contemporaneous_evidence" &&
    activities.some(
      (activity) => activity.proof !== null && isInTime(frame, activity.occurredOn, activity.recordedOn),
    );
  return excused ? roles : roles.filter((row) => isInTime(frame, row.touchedOn, row.recordedOn));
}

/** Whether the policy excepts the partner from registration and AE tag, by a program it was in that day (§4). */
export function isInProgram(frame: Frame, partnerId: string, on: Day): boolean {
  const partner = frame.partners.find(({ id }) => id === partnerId);
  return (
    partner?.programs.some(
      ({ name, from, to }) =>
        frame.policy.programs.includes(name) && (from === null || from <= on) && (to === null || on <= to),
    ) ?? false
  );
}

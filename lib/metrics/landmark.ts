import type { Day, Facts } from "../attribution/facts";
import { factsOnDay } from "../attribution/known";
import type { Stage } from "../attribution/vocabulary";
import { daysBetween } from "../calendar";

/** What a deal was on the day of its landmark, before anybody knew how it would end (§7 lift). */
export interface Landmark {
  /** The first day on which it entered the asked stage or a later one. */
  on: Day;
  /** A partner was on it by then, as it stood written then. */
  partner: boolean;
}

/** What a landmark is read from: the days of entry, and the first on which a partner's fact was recorded. */
export interface Sighting {
  stages: Facts["stages"];
  partnerRecordedOn: Day | null;
}

/** A deal's landmark at `stage`; null when it never came so far. */
export function landmarkOf({ stages, partnerRecordedOn }: Sighting, stage: Stage): Landmark | null {
  let on: Day | null = null;
  for (const entry of stages)
    if (entry.stage >= stage && (on === null || entry.enteredOn < on)) on = entry.enteredOn;
  return on === null ? null : { on, partner: partnerRecordedOn !== null && partnerRecordedOn <= on };
}

/**
 * Days from the landmark to the close; null while open, and when it was entered after the close, which is no
 * length of anything (as with cycles, §7).
 */
export const daysFrom = ({ on }: Landmark, closedOn: Day | null): number | null =>
  closedOn === null || on > closedOn ? null : daysBetween(on, closedOn);

/** Reads the sighting from a deal's facts as of their day. What happened after the sale puts no partner on it. */
export function sightingOf(facts: Facts): Sighting {
  const { stages, registrations, roles, activities } = factsOnDay(facts);
  const recorded = [...registrations, ...roles, ...activities.filter(({ stage }) => stage <= 5)];
  const days = recorded.map(({ recordedOn }) => recordedOn).sort();
  return { stages, partnerRecordedOn: days[0] ?? null };
}

/**
 * Days that a closed deal spent in each stage before the sale was made, its visits added up: from an entry to the
 * next one or the close. What was entered after the close is no part of it.
 */
export function daysInStages(stages: Facts["stages"], closedOn: Day | null): Map<Stage, number> {
  const days = new Map<Stage, number>();
  if (closedOn === null) return days;
  const entered = stages.filter(({ enteredOn }) => enteredOn <= closedOn);
  entered.sort((one, other) =>
    one.enteredOn < other.enteredOn ? -1 : one.enteredOn > other.enteredOn ? 1 : 0,
  );
  entered.forEach(({ stage, enteredOn }, at) => {
    if (stage > 5) return;
    const length = daysBetween(enteredOn, entered[at + 1]?.enteredOn ?? closedOn);
    days.set(stage, (days.get(stage) ?? 0) + length);
  });
  return days;
}

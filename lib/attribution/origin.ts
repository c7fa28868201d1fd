import { firstOfMonth, monthIndex } from "../calendar";
import type { Evidence } from "./evidence";
import type { Activity, Day, RoleRow } from "./facts";
import { type Frame, isInProgram, isInTime, stageOn } from "./frame";
import { ORIGIN_ROLES, type Role, type Stage } from "./vocabulary";

/** One piece of evidence that the deal came from the partner: where and when it touched the deal. */
export interface Touch {
  factId: string;
  stage: Stage;
  day: Day;
  /** False when only the partner's program lets it count. */
  ordinary: boolean;
}

/** Whether the row claims the deal's origin (§4). */
export function claimsOrigin(row: RoleRow): boolean {
  return (ORIGIN_ROLES as readonly Role[]).includes(row.role);
}

/** The partner's origin evidence (§4 origin): approved registrations, and rows tagged or in a program. */
export function originOf(frame: Frame, evidence: Evidence, rowsInTime: readonly RoleRow[]): Touch[] {
  const touches: Touch[] = [];
  for (const { id, status, submittedOn, recordedOn } of evidence.registrations) {
    if (status !== "approved" || !isInTime(frame, submittedOn, recordedOn)) continue;
    touches.push({ factId: id, stage: stageOn(frame.stages, submittedOn), day: submittedOn, ordinary: true });
  }
  for (const row of rowsInTime) {
    if (!claimsOrigin(row)) continue;
    const ordinary = row.confirmedOn !== null;
    if (!ordinary && !isInProgram(frame, evidence.partnerId, row.touchedOn)) continue;
    touches.push({ factId: row.id, stage: row.touchStage, day: row.touchedOn, ordinary });
  }
  return touches;
}

/** The smallest touch stage (§4); null without origin. */
export function touchStageOf(touches: readonly Touch[]): Stage | null {
  let least: Stage | null = null;
  for (const { stage } of touches) if (least === null || stage < least) least = stage;
  return least;
}

/** The earliest touch day (§4); null without origin. */
export function touchDayOf(touches: readonly Touch[]): Day | null {
  let least: Day | null = null;
  for (const { day } of touches) if (least === null || day < least) least = day;
  return least;
}

/** A month in which a sourced partner owed updates and fell short: `YYYY-MM` and how many were missing. */
export interface Shortfall {
  month: string;
  count: number;
}

/**
 * The months short of updates (§4 updates): each whole calendar month strictly between the month of
 * max(createdOn, touch day) and the month of `R`, with fewer than `perMonth` in-time activities.
 */
export function updateShortfalls(frame: Frame, touchDay: Day, activities: readonly Activity[]): Shortfall[] {
  const { deal, policy, reference } = frame;
  const first = monthIndex(touchDay > deal.createdOn ? touchDay : deal.createdOn) + 1;
  const shortfalls: Shortfall[] = [];
  const counts = new Map<number, number>();
  for (const activity of activities) {
    if (!isInTime(frame, activity.occurredOn, activity.recordedOn)) continue;
    const month = monthIndex(activity.occurredOn);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  for (let month = first; month < monthIndex(reference); month++) {
    const count = policy.updates.perMonth - (counts.get(month) ?? 0);
    if (count > 0) shortfalls.push({ month: firstOfMonth(month).slice(0, 7), count });
  }
  return shortfalls;
}

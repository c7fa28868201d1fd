import { monthIndex } from "../calendar";
import { evidenceFrom, gatherEvidence } from "./evidence";
import type { Facts } from "./facts";
import { frameOf, isInTime, rowsInTime } from "./frame";
import { originOf, touchDayOf } from "./origin";
import { type Policy, updatesOwedAbove } from "./policy";
import type { Result } from "./result";

/** What a partner still owes of the running month's updates. */
export interface UpdatesDue {
  partnerId: string;
  done: number;
  owed: number;
}

/**
 * Who falls short of the updates of the month that `asOf` lies in, were it to end as it stands (§4 updates): on an
 * open deal above the threshold, partners that are sourced and touched it before this month.
 *
 * @param result of the same facts under the same policy
 */
export function updatesDue(policy: Policy, facts: Facts, { partners }: Result): UpdatesDue[] {
  const frame = frameOf(policy, facts);
  const above = updatesOwedAbove(policy, frame.deal.currency);
  if (frame.closedOn !== null || above === null || frame.deal.amount <= above) return [];
  const month = monthIndex(facts.asOf);
  const sourced = new Set(
    partners
      .filter(({ tests }) => tests.some(({ test, passed }) => test === "sourced" && passed))
      .map(({ partnerId }) => partnerId),
  );
  return gatherEvidence(facts, policy.model).flatMap((shown) => {
    if (!sourced.has(shown.partnerId)) return [];
    const evidence = evidenceFrom(shown, policy.evidence);
    const touchDay = touchDayOf(
      originOf(frame, evidence, rowsInTime(frame, evidence.roles, evidence.activities)),
    );
    if (touchDay === null) return [];
    const begins = touchDay > frame.deal.createdOn ? touchDay : frame.deal.createdOn;
    if (monthIndex(begins) >= month) return [];
    const done = evidence.activities.filter(
      ({ occurredOn, recordedOn }) =>
        monthIndex(occurredOn) === month && isInTime(frame, occurredOn, recordedOn),
    ).length;
    const owed = policy.updates.perMonth;
    return done < owed ? [{ partnerId: shown.partnerId, done, owed }] : [];
  });
}

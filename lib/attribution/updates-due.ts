import { dayNumber, monthIndex, monthOfNumber } from "../calendar";
import type { Facts } from "./facts";
import { type Policy, updatesOwedAbove } from "./policy";
import type { Result } from "./result";
import { NOTHING, weighOne } from "./weighing";

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
  const { deal, asOf } = facts;
  const above = updatesOwedAbove(policy, deal.currency);
  if (deal.closedOn !== null || above === null || deal.amount <= above) return [];
  const month = monthIndex(asOf);
  const weighing = weighOne(policy, facts);
  return partners.flatMap(({ partnerId, tests }, partner) => {
    if (!tests.some(({ test, passed }) => test === "sourced" && passed)) return [];
    weighing.weigh(partner, weighing.compiled.least, NOTHING);
    const begins = Math.max(weighing.touchDay, dayNumber(deal.createdOn));
    if (monthOfNumber(begins) >= month) return [];
    const done = weighing.updatesIn(month);
    const owed = policy.updates.perMonth;
    return done < owed ? [{ partnerId, done, owed }] : [];
  });
}

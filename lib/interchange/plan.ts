import type { Kind } from "./kinds";
import { ofItsRecord } from "./merged-records";
import { planAccounts } from "./plan-accounts";
import { planDeals } from "./plan-deals";
import { planHistory } from "./plan-history";
import { namesKnown, ownerKnown, planKeyed, told } from "./plan-keyed";
import { planPartners } from "./plan-partners";
import { planRegistrations } from "./plan-registrations";
import { planRoles } from "./plan-roles";
import type { ReadRow } from "./read-row";
import type { RowOfKind } from "./rows";
import type { Known, Plan, StoredOfKind } from "./stored";

/**
 * Compares rows with what is stored: what they create, update, leave, and which of them cannot stand
 * (§10: an unknown deal or partner, a second row of a partner and role on a deal, a partner above itself).
 * Only columns that the file has are taken from it. Source: imports.md, first paragraph.
 *
 * @param replaces the rows are all that the file has on their deals, and stand for what is stored: a deal's history,
 *   a role row under a new id
 */
export function planRows<K extends Kind>(
  kind: K,
  rows: readonly ReadRow<K>[],
  known: Known<K>,
  replaces = false,
): Plan<K> {
  return (PLANNERS[kind] as Planner<K>)(rows, known, replaces);
}

/** The stage entries among what a plan removes; no other kind removes any. */
export const entriesIn = (plan: Plan<Kind>) =>
  (plan.removed as StoredOfKind["stage_history"][]).map(({ dealId, stage, enteredOn }) => ({
    dealId,
    stage,
    enteredOn,
  }));

type Planner<K extends Kind> = (rows: readonly ReadRow<K>[], known: Known<K>, replaces: boolean) => Plan<K>;

const PLANNERS: { [K in Kind]: Planner<K> } = {
  accounts: planAccounts,
  partners: planPartners,
  deals: planDeals,
  stage_history: (rows, known, replaces) => planHistory(rows, known.stored, known.deals, replaces),
  registrations: planRegistrations,
  roles: (rows, known, replaces) => planRoles(ofItsRecord(rows, known), known, replaces),
  activities: (rows, known) =>
    planKeyed(
      ofItsRecord(rows, known),
      known,
      byId,
      ({ owner, ...row }, before) => ({
        ...row,
        proof: told(row.proof, before?.proof, null),
        ownerId: told(owner && known.people?.get(owner), before?.ownerId, null),
        ...nextOf(row, before),
      }),
      (row) => {
        namesKnown(known)(row);
        ownerKnown(known)(row);
      },
    ),
  costs: (rows, known) =>
    planKeyed(
      rows,
      known,
      ({ quarter, side, category, currency }) => [quarter, side, category, currency].join("\u001f"),
      (row) => row,
    ),
  rates: (rows, known) =>
    planKeyed(
      rows,
      known,
      ({ quarter, currency }) => `${quarter} ${currency}`,
      (row) => row,
    ),
};

const byId = ({ id }: { id: string }) => id;

/** The next joint step with its due day: a file that has the step and says no day says that there is none. */
function nextOf(
  row: RowOfKind["activities"],
  before: StoredOfKind["activities"] | null,
): Pick<StoredOfKind["activities"], "nextStep" | "nextStepDueOn"> {
  const nextStep = told(row.nextStep, before?.nextStep, null);
  const due = told(row.nextStepDueOn, before?.nextStepDueOn, null);
  return { nextStep, nextStepDueOn: nextStep === null ? null : due };
}

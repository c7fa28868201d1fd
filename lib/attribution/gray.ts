import type { Evidence } from "./evidence";
import type { Day } from "./facts";
import { type Frame, isDelayed, isLate, stageOn } from "./frame";
import { isCredited } from "./models";
import type { Findings } from "./tests";
import type { GrayCode, Outcome } from "./vocabulary";

/** A judged partner, as far as the gray areas ask. */
export interface GrayPartner {
  evidence: Evidence;
  findings: Findings;
  /** After rulings. */
  outcome: Outcome;
  disputed: Outcome | null;
}

type Finder = (frame: Frame, partners: readonly GrayPartner[]) => boolean;

/** The gray areas of domain.md §6, each with how it is found in the facts; in order of code. */
const TABLE: readonly (readonly [GrayCode, Finder])[] = [
  ["amended", ({ amended }) => amended],
  [
    "delayed_record",
    (frame, partners) =>
      anyRecord(
        partners,
        (happenedOn, recordedOn) => !isLate(frame, recordedOn) && isDelayed(frame, happenedOn, recordedOn),
      ),
  ],
  ["late_record", (frame, partners) => anyRecord(partners, (_, recordedOn) => isLate(frame, recordedOn))],
  ["marketplace", ({ deal }, partners) => deal.route === "marketplace" && partners.some(hasCredit)],
  [
    "partner_of_partner",
    (frame, partners) => {
      if (partners.length < 2) return false;
      const onDeal = (id: string | null) => partners.some(({ evidence }) => evidence.partnerId === id);
      return frame.partners.some(({ id, parentId }) => onDeal(id) && onDeal(parentId));
    },
  ],
  [
    "prior_engagement",
    (_, partners) =>
      partners.some(({ findings: { passed } }) => passed.origin && passed.gate && !passed.net_new),
  ],
  [
    "program_exception",
    (_, partners) =>
      partners.some(
        ({ findings: { touches } }) => touches.length > 0 && touches.every((touch) => !touch.ordinary),
      ),
  ],
  ["recreated", ({ deal }, partners) => deal.recreatedFrom !== null && partners.some(hasCredit)],
  ["shared_origin", (_, partners) => partners.filter(({ outcome }) => outcome === "sourced").length > 1],
  [
    "stage_conflict",
    (frame, partners) =>
      partners.some(({ evidence }) =>
        evidence.roles.some((row) => row.touchStage !== stageOn(frame.stages, row.touchedOn)),
      ),
  ],
  [
    "unsettled",
    ({ closedOn }, partners) => closedOn !== null && partners.some(({ disputed }) => disputed !== null),
  ],
];

/** Whether the days of any row or registration on the deal, or of an activity before the sale, are like that. */
function anyRecord(
  partners: readonly GrayPartner[],
  are: (happenedOn: Day, recordedOn: Day) => boolean,
): boolean {
  return partners.some(
    ({ evidence: { registrations, roles, activities } }) =>
      registrations.some((one) => are(one.submittedOn, one.recordedOn)) ||
      roles.some((row) => are(row.touchedOn, row.recordedOn)) ||
      activities.some((one) => one.stage <= 5 && are(one.occurredOn, one.recordedOn)),
  );
}

function hasCredit({ outcome }: GrayPartner): boolean {
  return isCredited(outcome);
}

/** The codes of the gray areas found, sorted. */
export function findGray(frame: Frame, partners: readonly GrayPartner[]): GrayCode[] {
  const codes: GrayCode[] = [];
  if (partners.length === 0) return codes;
  for (const [code, isFound] of TABLE) if (isFound(frame, partners)) codes.push(code);
  return codes;
}

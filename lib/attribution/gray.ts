import type { Evidence } from "./evidence";
import {
  type Dated,
  datesOfActivity,
  datesOfRegistration,
  datesOfRow,
  type Frame,
  isDelayed,
  isLate,
  stageOn,
} from "./frame";
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
    (frame, partners) => recorded(partners).some((dates) => !isLate(frame, dates) && isDelayed(frame, dates)),
  ],
  ["late_record", (frame, partners) => recorded(partners).some((dates) => isLate(frame, dates))],
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

/** The days of every row and registration on the deal, and of every activity before the sale. */
function recorded(partners: readonly GrayPartner[]): Dated[] {
  return partners.flatMap(({ evidence: { registrations, roles, activities } }) => [
    ...registrations.map(datesOfRegistration),
    ...roles.map(datesOfRow),
    ...activities.filter(({ stage }) => stage <= 5).map(datesOfActivity),
  ]);
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

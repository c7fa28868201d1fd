import { AMENDED, CONFLICT, FAMILY, MARKETPLACE, RECREATED } from "./columns";
import { GRAY_CODES, type GrayCode } from "./vocabulary";

/** A judged deal with somebody on it, as far as the gray areas ask. */
export interface GrayDeal {
  /** Bits of its facts (columns.ts). */
  bits: number;
  closed: boolean;
  /** A row, registration or activity at stage 0-5 was recorded after the close; by then, or while open, but delayed. */
  hasLate: boolean;
  hasDelayed: boolean;
  /** Of its partners, after rulings: how many are sourced, whether one has credit, or is disputed. */
  sourced: number;
  credited: boolean;
  disputed: boolean;
  /** A partner has origin and gate without net new; one has its origin by program alone. */
  engagedBefore: boolean;
  byProgram: boolean;
}

/** The gray areas of domain.md §6, each with how it is found. */
const TABLE: Readonly<Record<GrayCode, (deal: GrayDeal) => boolean>> = {
  shared_origin: ({ sourced }) => sourced > 1,
  partner_of_partner: ({ bits }) => (bits & FAMILY) !== 0,
  marketplace: ({ bits, credited }) => credited && (bits & MARKETPLACE) !== 0,
  late_record: ({ hasLate }) => hasLate,
  delayed_record: ({ hasDelayed }) => hasDelayed,
  amended: ({ bits }) => (bits & AMENDED) !== 0,
  stage_conflict: ({ bits }) => (bits & CONFLICT) !== 0,
  prior_engagement: ({ engagedBefore }) => engagedBefore,
  program_exception: ({ byProgram }) => byProgram,
  recreated: ({ bits, credited }) => credited && (bits & RECREATED) !== 0,
  unsettled: ({ closed, disputed }) => closed && disputed,
};

const FINDERS = GRAY_CODES.map((code) => TABLE[code]);

/** The gray areas found, a bit each in the order of the vocabulary. */
export function findGray(deal: GrayDeal): number {
  let found = 0;
  for (let at = 0; at < FINDERS.length; at++) if (FINDERS[at]!(deal)) found |= 1 << at;
  return found;
}

/** Their codes, sorted. */
export function grayCodes(found: number): GrayCode[] {
  if (found === 0) return [];
  return GRAY_CODES.filter((_, at) => (found & (1 << at)) !== 0).sort();
}

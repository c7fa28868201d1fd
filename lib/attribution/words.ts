import { capital, codeWords } from "../text/words";
import type { ProgramDefinition } from "./policy";
import type {
  DealOutcome,
  DealType,
  EvidenceSource,
  FORECAST_CATEGORIES,
  Grade,
  GrayCode,
  Involvement,
  Model,
  Outcome,
  PartnerKind,
  RegistrationStatus,
  Role,
  Route,
  Stage,
  TestName,
} from "./vocabulary";

/**
 * The words people read for the codes of the vocabulary: a label and a definition in one line. The one
 * place for them, so that a page, a report and a memo say the same. Source: domain.md §1, §4, §5, §6.
 */
export interface Word {
  label: string;
  definition: string;
}

export const OUTCOME_WORDS: Readonly<Record<Outcome, Word>> = {
  sourced: { label: "Sourced", definition: "The partner brought the deal, early and before our own team." },
  co_sell: { label: "Co-sell", definition: "The partner sold with us, in several documented activities." },
  accelerated: {
    label: "Accelerated",
    definition: "The partner took part and the deal closed clearly faster than comparable direct deals.",
  },
  influenced: { label: "Influenced", definition: "The partner's documented work helped the deal." },
  influence: { label: "Influence", definition: "The partner's help is documented; tracked, never paid on." },
  assisted: { label: "Assisted", definition: "The partner's documented work came late in the deal." },
  assisted_close: { label: "Assisted close", definition: "The partner's documented work helped the close." },
  disputed: {
    label: "Disputed",
    definition: "The partner would earn more if a gap in its evidence were filled.",
  },
  attached: { label: "Attached", definition: "The partner is on the deal and nothing earns it more." },
  none: { label: "None", definition: "Nothing on the deal earns a partner credit." },
  unattributed: { label: "Unattributed", definition: "No partner is on the deal." },
};

export const TEST_WORDS: Readonly<Record<TestName, Word>> = {
  origin: {
    label: "Origin",
    definition: "An approved registration, or a sourcer or referral row that the AE confirmed.",
  },
  gate: { label: "Stage gate", definition: "The partner touched the deal early enough to be its source." },
  net_new: { label: "Net new", definition: "Our own team had not engaged the account before the partner." },
  sourced: { label: "Sourced", definition: "Origin, stage gate and net new all hold." },
  updates: { label: "Updates", definition: "A large sourced deal was kept up to date in every whole month." },
  motion: { label: "Named motion", definition: "A documented named motion before the influence gate." },
  co_sell: { label: "Co-selling", definition: "Enough documented activities in the selling stages." },
  any: { label: "Documented activity", definition: "At least one documented activity." },
  late: { label: "Late help", definition: "A documented activity at or after the influence gate." },
  post_sale: {
    label: "After the sale",
    definition: "Proven work after the close, by a partner tagged before it, on a deal no partner sourced.",
  },
  accelerated: { label: "Faster", definition: "Won clearly faster than comparable direct deals." },
  in_time_role: { label: "On the role table", definition: "A role row that was recorded in time." },
};

export const GRAY_WORDS: Readonly<Record<GrayCode, Word>> = {
  shared_origin: { label: "Shared origin", definition: "Two or more partners are sourced on this deal." },
  partner_of_partner: {
    label: "Partner of a partner",
    definition: "A partner and its parent are both on the deal.",
  },
  marketplace: { label: "Marketplace", definition: "A deal with credit went through a marketplace." },
  late_record: {
    label: "Late record",
    definition: "A role row, a registration or an activity was recorded after the close.",
  },
  delayed_record: {
    label: "Delayed record",
    definition: "A role row, a registration or an activity was written down later than the memo allows.",
  },
  amended: {
    label: "Amended",
    definition: "The deal's own facts changed after its close, and a partner is on it.",
  },
  stage_conflict: {
    label: "Stage conflict",
    definition: "A role row names another stage than the deal's history shows for that day.",
  },
  prior_engagement: {
    label: "Prior engagement",
    definition: "The partner brought the deal early, but our own team had engaged the account before.",
  },
  program_exception: {
    label: "Program exception",
    definition: "The origin counts only because the partner is in a program that the memo lists.",
  },
  recreated: { label: "Re-created", definition: "A deal with credit formally replaces another in the CRM." },
  unsettled: { label: "Unsettled", definition: "The deal is closed and a partner on it is still disputed." },
};

/** Who stands behind a fact, and behind what rests on it (§1 evidence). */
export const GRADE_WORDS: Readonly<Record<Grade, Word>> = {
  stated: { label: "Stated", definition: "One person said so." },
  countersigned: { label: "Countersigned", definition: "Two people stand behind it." },
  witnessed: { label: "Witnessed", definition: "Another system recorded it at the time." },
};

export const SOURCE_LABELS: Readonly<Record<EvidenceSource, string>> = {
  crm: "CRM",
  prm: "Partner portal",
  calendar: "Calendar",
  call: "Call record",
  mail: "Mail",
  cloud: "Cloud marketplace",
};

export const ROLE_WORDS: Readonly<Record<Role, Word>> = {
  sourcer: { label: "Sourcer", definition: "Brought the opportunity to us." },
  co_seller: { label: "Co-seller", definition: "Works the deal together with the AE." },
  influencer: { label: "Influencer", definition: "Helps the customer decide." },
  referral_source: { label: "Referral source", definition: "Referred the customer to us." },
};

export const STAGE_WORDS: Readonly<Record<Stage, Word>> = {
  0: { label: "Before any opportunity", definition: "No opportunity exists yet." },
  1: { label: "Demand & awareness", definition: "The customer becomes aware of the need and of us." },
  2: { label: "Qualification / discovery", definition: "We learn whether and what the customer needs." },
  3: { label: "Solution validation", definition: "The customer checks that the solution fits." },
  4: { label: "Business case & proposal", definition: "The case is made and the proposal is out." },
  5: { label: "Negotiation & close", definition: "Terms, procurement and signature." },
  6: { label: "Implementation & success", definition: "The customer puts the product to use." },
};

export const MODEL_WORDS: Readonly<Record<Model, Word>> = {
  two_bucket: { label: "Two buckets", definition: "Sourced or influenced, and nothing in between." },
  triple_tier: { label: "Triple tier", definition: "Sourced, co-sell and influence, as three numbers." },
  roi_buckets: { label: "ROI buckets", definition: "Sourced, accelerated or influenced." },
  lanes: { label: "Lanes", definition: "Every partner on a deal has a lane, from attached to sourced." },
};

export const INVOLVEMENT_WORDS: Readonly<Record<Involvement, Word>> = {
  direct: { label: "Direct", definition: "The partner worked with the customer." },
  supportive: { label: "Supportive", definition: "The partner helped us from the side." },
};

export const DEAL_TYPE_LABELS: Readonly<Record<DealType, string>> = {
  new: "New business",
  expansion: "Expansion",
  renewal: "Renewal",
};

export const ROUTE_LABELS: Readonly<Record<Route, string>> = {
  direct: "Direct",
  resale: "Resale",
  marketplace: "Marketplace",
};

export const FORECAST_LABELS: Readonly<Record<(typeof FORECAST_CATEGORIES)[number], string>> = {
  omitted: "Omitted",
  pipeline: "Pipeline",
  best_case: "Best case",
  commit: "Commit",
};

export const DEAL_OUTCOME_LABELS: Readonly<Record<DealOutcome, string>> = {
  open: "Open",
  won: "Won",
  lost: "Lost",
};

export const REGISTRATION_STATUS_LABELS: Readonly<Record<RegistrationStatus, string>> = {
  pending: "Pending",
  approved: "Approved",
  rejected: "Rejected",
};

export const PARTNER_KIND_LABELS: Readonly<Record<PartnerKind, string>> = {
  integrator: "Integrator",
  reseller: "Reseller",
  technology: "Technology",
  referral: "Referral",
  agency: "Agency",
  pe_vc: "PE / VC",
  marketplace: "Marketplace",
};

/** The program of the default policy (§3), which nobody has named in a memo of their own yet. */
const PROGRAM_LABELS: Readonly<Record<string, string>> = { pe_vc_pricing: "PE / VC pricing" };

/**
 * What people read for a program: the memo's word for it where there is one, a code as words, and a name that
 * somebody typed or a file brought as it is.
 */
export function programLabel(name: string, definitions: readonly ProgramDefinition[] = []): string {
  const defined = definitions.find(({ program }) => program === name)?.label ?? PROGRAM_LABELS[name];
  return defined ?? (/^[a-z0-9]+(_[a-z0-9]+)+$/.test(name) ? capital(codeWords(name)) : name);
}

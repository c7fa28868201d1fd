/**
 * The closed lists of words that facts, policies and results are made of.
 * Source: domain.md §1, §2, §4, §5. The database's enums and every form's choices come from here.
 */

/** Kinds of partner company (§1). */
export const PARTNER_KINDS = [
  "integrator",
  "reseller",
  "technology",
  "referral",
  "agency",
  "pe_vc",
  "marketplace",
] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

/** Roles a partner can hold in a deal's role table (§1). */
export const ROLES = ["sourcer", "co_seller", "influencer", "referral_source"] as const;
export type Role = (typeof ROLES)[number];

/** The two roles that claim a deal's origin (§4 origin). */
export const ORIGIN_ROLES = ["sourcer", "referral_source"] as const satisfies readonly Role[];

/** Canonical sales-cycle stages (§1); 0 is "before any opportunity exists". */
export const STAGES = [0, 1, 2, 3, 4, 5, 6] as const;
export type Stage = (typeof STAGES)[number];

export const DEAL_TYPES = ["new", "expansion", "renewal"] as const;
export type DealType = (typeof DEAL_TYPES)[number];

export const ROUTES = ["direct", "resale", "marketplace"] as const;
export type Route = (typeof ROUTES)[number];

export const DEAL_OUTCOMES = ["open", "won", "lost"] as const;
export type DealOutcome = (typeof DEAL_OUTCOMES)[number];

/** What a deal's owner says of its forecast, beside and apart from what a policy makes of it (§7). */
export const FORECAST_CATEGORIES = ["omitted", "pipeline", "best_case", "commit"] as const;
export type ForecastCategory = (typeof FORECAST_CATEGORIES)[number];

export const REGISTRATION_STATUSES = ["pending", "approved", "rejected"] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

export const INVOLVEMENTS = ["direct", "supportive"] as const;
export type Involvement = (typeof INVOLVEMENTS)[number];

/** Grades of evidence (§1), the least first: one person said so, two stand behind it, a system recorded it. */
export const GRADES = ["stated", "countersigned", "witnessed"] as const;
export type Grade = (typeof GRADES)[number];

/** The kinds of system that can witness a fact (§2). */
export const EVIDENCE_SOURCES = ["crm", "prm", "calendar", "call", "mail", "cloud"] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

/** The five named motions of the default menu (§1). */
export const NAMED_MOTIONS = [
  "joint_discovery",
  "joint_pitch",
  "executive_intro",
  "technical_pre_brief",
  "mdf_event",
] as const;

/** The default activity menu (§1): the named motions, then the others. A policy may name more. */
export const ACTIVITY_TYPES = [
  ...NAMED_MOTIONS,
  "recommendation",
  "resell_or_referral",
  "integration_build",
  "solution_architecture",
  "joint_demo",
  "joint_value_proposition",
  "business_case",
  "service_delivery",
  "account_intelligence",
  "partner_pricing",
  "account_mapping",
  "security_review_support",
  "implementation_scoping",
  "executive_alignment",
  "procurement_advocacy",
  "training",
  "customer_success_support",
] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

export const MODELS = ["two_bucket", "triple_tier", "roi_buckets", "lanes"] as const;
export type Model = (typeof MODELS)[number];

/** Every outcome of every model (§5). Which model has which, best first, is in models.ts. */
export const OUTCOMES = [
  "sourced",
  "co_sell",
  "accelerated",
  "influenced",
  "influence",
  "assisted",
  "assisted_close",
  "disputed",
  "attached",
  "none",
  "unattributed",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The tests of §4, by the name that results and memo clauses cite. */
export const TESTS = [
  "origin",
  "gate",
  "net_new",
  "sourced",
  "updates",
  "motion",
  "co_sell",
  "any",
  "late",
  "post_sale",
  "accelerated",
  "in_time_role",
] as const;
export type TestName = (typeof TESTS)[number];

/** Gray areas, each a candidate exception (§6). */
export const GRAY_CODES = [
  "shared_origin",
  "partner_of_partner",
  "marketplace",
  "late_record",
  "delayed_record",
  "amended",
  "stage_conflict",
  "prior_engagement",
  "program_exception",
  "recreated",
  "unsettled",
] as const;
export type GrayCode = (typeof GRAY_CODES)[number];

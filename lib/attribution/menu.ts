import type { Involvement, Stage } from "./vocabulary";

/** One entry of the activity menu. Source: domain.md §1. */
export interface MenuEntry {
  /** One of the vocabulary's in the default menu; a company's own menu may have others. */
  type: string;
  label: string;
  /** One line, for whoever logs it. */
  definition: string;
  /** The stages it usually belongs to; another is allowed. */
  stages: readonly Stage[];
  /** What the form starts with. */
  involvement: Involvement;
}

/** The default activity menu, the named motions first. */
export const ACTIVITY_MENU: readonly MenuEntry[] = [
  {
    type: "joint_discovery",
    label: "Joint discovery",
    definition: "Partner and AE met the customer together to understand the need.",
    stages: [1, 2],
    involvement: "direct",
  },
  {
    type: "joint_pitch",
    label: "Joint pitch",
    definition: "Partner and AE presented one story to the customer.",
    stages: [2, 3],
    involvement: "direct",
  },
  {
    type: "executive_intro",
    label: "Executive introduction",
    definition: "The partner brought us to a decision maker we did not reach ourselves.",
    stages: [1, 2, 3],
    involvement: "direct",
  },
  {
    type: "technical_pre_brief",
    label: "Technical pre-brief",
    definition: "The partner briefed us on the customer's systems before our technical session.",
    stages: [2, 3],
    involvement: "direct",
  },
  {
    type: "mdf_event",
    label: "Funded event",
    definition: "An event paid from market development funds that this customer attended.",
    stages: [0, 1],
    involvement: "direct",
  },
  {
    type: "recommendation",
    label: "Recommendation",
    definition: "The partner recommended us to the customer.",
    stages: [1, 2, 3],
    involvement: "supportive",
  },
  {
    type: "resell_or_referral",
    label: "Resale or referral",
    definition: "The partner resold to the customer or passed the lead to us.",
    stages: [0, 1],
    involvement: "direct",
  },
  {
    type: "integration_build",
    label: "Integration build",
    definition: "The partner built or adapted an integration for this customer.",
    stages: [3],
    involvement: "direct",
  },
  {
    type: "solution_architecture",
    label: "Solution architecture",
    definition: "The partner designed the solution or reviewed its design.",
    stages: [2, 3],
    involvement: "direct",
  },
  {
    type: "joint_demo",
    label: "Joint demo",
    definition: "Partner and AE demonstrated the solution together.",
    stages: [2, 3],
    involvement: "direct",
  },
  {
    type: "joint_value_proposition",
    label: "Joint value proposition",
    definition: "Partner and AE wrote down the combined value for this customer.",
    stages: [2, 3],
    involvement: "direct",
  },
  {
    type: "business_case",
    label: "Business case",
    definition: "The partner helped make the financial case for buying.",
    stages: [4],
    involvement: "direct",
  },
  {
    type: "service_delivery",
    label: "Service delivery",
    definition: "The partner delivers services around the product.",
    stages: [5, 6],
    involvement: "direct",
  },
  {
    type: "account_intelligence",
    label: "Account intelligence",
    definition: "The partner told us about the customer's people, plans or politics.",
    stages: [1, 2],
    involvement: "supportive",
  },
  {
    type: "partner_pricing",
    label: "Partner pricing",
    definition: "The customer buys at a price or under a program that the partner brings.",
    stages: [4, 5],
    involvement: "supportive",
  },
  {
    type: "account_mapping",
    label: "Account mapping",
    definition: "We compared account lists with the partner and this customer was on both.",
    stages: [0, 1],
    involvement: "supportive",
  },
  {
    type: "security_review_support",
    label: "Security review support",
    definition: "The partner helped answer the customer's security review.",
    stages: [4, 5],
    involvement: "supportive",
  },
  {
    type: "implementation_scoping",
    label: "Implementation scoping",
    definition: "The partner scoped the implementation and its effort.",
    stages: [3, 4],
    involvement: "direct",
  },
  {
    type: "executive_alignment",
    label: "Executive alignment",
    definition: "The partner's executives spoke with the customer's to back the decision.",
    stages: [4, 5],
    involvement: "direct",
  },
  {
    type: "procurement_advocacy",
    label: "Procurement advocacy",
    definition: "The partner spoke for us in the customer's purchasing.",
    stages: [5],
    involvement: "direct",
  },
  {
    type: "training",
    label: "Training",
    definition: "The partner trained the customer's people.",
    stages: [6],
    involvement: "supportive",
  },
  {
    type: "customer_success_support",
    label: "Customer success support",
    definition: "The partner helped the customer succeed after the purchase.",
    stages: [6],
    involvement: "supportive",
  },
];

const STARTING = 8;
/** What a company starts with. Source: domain.md §1. */
export const STARTING_MENU: readonly MenuEntry[] = ACTIVITY_MENU.slice(0, STARTING);
/** What it adds to that by choice, where its policy brings no menu of its own. */
export const ACTIVITY_LIBRARY: readonly MenuEntry[] = ACTIVITY_MENU.slice(STARTING);

/** The menu that a policy brings along, else the default one. */
export function menuOf({ menu }: { menu?: readonly MenuEntry[] }): readonly MenuEntry[] {
  return menu ?? ACTIVITY_MENU;
}

/** The menu's entry for a type; undefined for a type that the menu lacks. */
export function activityOf(type: string, menu: readonly MenuEntry[] = ACTIVITY_MENU): MenuEntry | undefined {
  return menu.find((entry) => entry.type === type);
}

/** The label of a type; a type that no menu knows any more is shown as its code with blanks. */
export function activityLabel(type: string, menu: readonly MenuEntry[] = ACTIVITY_MENU): string {
  return (activityOf(type, menu) ?? activityOf(type))?.label ?? type.replaceAll("_", " ");
}

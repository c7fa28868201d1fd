import { ACTIVITY_MENU } from "@/lib/attribution/menu";
import {
  DEAL_OUTCOMES,
  DEAL_TYPES,
  FORECAST_CATEGORIES,
  INVOLVEMENTS,
  PARTNER_KINDS,
  REGISTRATION_STATUSES,
  ROLES,
  ROUTES,
  STAGES,
} from "@/lib/attribution/vocabulary";
import {
  DEAL_OUTCOME_LABELS,
  DEAL_TYPE_LABELS,
  INVOLVEMENT_WORDS,
  PARTNER_KIND_LABELS,
  REGISTRATION_STATUS_LABELS,
  ROLE_WORDS,
  ROUTE_LABELS,
  STAGE_WORDS,
} from "@/lib/attribution/words";
import type { Kind } from "@/lib/interchange/kinds";
import { capital, codeWords } from "@/lib/text/words";

export interface FieldChoice {
  value: string;
  label: string;
}

const labelled = <V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>) =>
  values.map((value) => ({ value, label: labels[value] }));

const STAGE_CHOICES: FieldChoice[] = STAGES.map((stage) => ({
  value: String(stage),
  label: `${stage} ${STAGE_WORDS[stage].label}`,
}));

const CHOICES: Readonly<Record<string, readonly FieldChoice[]>> = {
  kind: labelled(PARTNER_KINDS, PARTNER_KIND_LABELS),
  type: labelled(DEAL_TYPES, DEAL_TYPE_LABELS),
  route: labelled(ROUTES, ROUTE_LABELS),
  outcome: labelled(DEAL_OUTCOMES, DEAL_OUTCOME_LABELS),
  stage: STAGE_CHOICES,
  touch_stage: STAGE_CHOICES,
  status: labelled(REGISTRATION_STATUSES, REGISTRATION_STATUS_LABELS),
  role: ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].label })),
  involvement: INVOLVEMENTS.map((value) => ({ value, label: INVOLVEMENT_WORDS[value].label })),
  activity_type: ACTIVITY_MENU.map(({ type, label }) => ({ value: type, label })),
  forecast_category: FORECAST_CATEGORIES.map((value) => ({ value, label: capital(codeWords(value)) })),
  side: [
    { value: "partner_program", label: "Partner programme" },
    { value: "direct_sales", label: "Direct sales" },
  ],
};

/** What a field of the interchange format may say, where that is a closed list; else nothing. */
export function choicesOf(kind: Kind, field: string): readonly FieldChoice[] {
  return CHOICES[field === "type" && kind === "activities" ? "activity_type" : field] ?? [];
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Words of other systems for ours, where no letters are shared. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  won: ["closedwon", "win"],
  lost: ["closedlost", "loss", "abandoned", "disqualified"],
  open: [
    ...[
      "prospecting",
      "engaging",
      "inprogress",
      "active",
      "pipeline",
      "qualification",
      "proposal",
      "negotiation",
    ],
    ...["needsanalysis", "valueproposition", "iddecisionmakers", "perceptionanalysis", "proposalpricequote"],
    ...[
      "negotiationreview",
      "appointmentscheduled",
      "qualifiedtobuy",
      "presentationscheduled",
      "contractsent",
    ],
    "decisionmakerboughtin",
  ],
  1: ["prospecting", "prospect", "leadin", "appointmentscheduled"],
  2: [
    "qualification",
    "qualified",
    "qualify",
    "qualifiedtobuy",
    "needsanalysis",
    "discovery",
    "engaging",
    "contactmade",
  ],
  3: [
    ...[
      "valueproposition",
      "iddecisionmakers",
      "perceptionanalysis",
      "presentationscheduled",
      "demoscheduled",
    ],
    ...["develop", "technicalvalidation"],
  ],
  4: [
    "proposalpricequote",
    "proposal",
    "proposalmade",
    "propose",
    "decisionmakerboughtin",
    "businessvalidation",
  ],
  5: ["negotiationreview", "negotiation", "negotiationsstarted", "contractsent", "close", "committed"],
  new: ["newbusiness", "newcustomer", "newlogo"],
  expansion: ["upsell", "crosssell", "existingbusiness", "upgrade"],
  renewal: ["renew"],
  approved: ["accepted", "registered"],
  pending: ["submitted", "inreview"],
  rejected: ["declined", "denied", "expired"],
  integrator: ["si", "systemsintegrator", "consulting"],
  reseller: ["var", "distributor"],
  technology: ["isv", "tech"],
};

/** Which choice a foreign value means, when its words say so; null leaves the question to people. */
export function translate(text: string, choices: readonly FieldChoice[]): string | null {
  const said = plain(text);
  const exact = choices.find(({ value, label }) => plain(value) === said || plain(label) === said);
  return (exact ?? choices.find(({ value }) => ALSO[value]?.includes(said)))?.value ?? null;
}

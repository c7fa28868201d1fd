import { formatMoney } from "../money";
import { dayInWords } from "../text/days";
import type { DealOutcome, DealType, Role, Route, Stage } from "./vocabulary";
import { DEAL_OUTCOME_LABELS, DEAL_TYPE_LABELS, ROLE_WORDS, ROUTE_LABELS, STAGE_WORDS } from "./words";

/** What of a deal or of a role row may be said otherwise in the CRM, as people call it (domain.md §8.5). */
const LABELS: Readonly<Record<string, string>> = {
  ...{
    amount: "Amount",
    currency: "Currency",
    type: "Type",
    route: "Route",
    owner: "Owner",
    account: "Account",
  },
  ...{ outcome: "Open, won or lost", closedOn: "Close day", createdOn: "Created", partnerId: "Partner" },
  ...{ firstEngagedOn: "First engaged by us", recreatedFrom: "Replaces", role: "Role" },
  ...{ touchStage: "Stage touched", touchedOn: "Day touched", "": "The record" },
};

export interface DriftInWords {
  label: string;
  here: string;
  there: string;
}

interface Said {
  field: string;
  here?: unknown;
  there?: unknown;
}

/** What stands here beside what the CRM says, in words: an amount in the currency of its side, a partner by its name. */
export function driftInWords(fields: readonly Said[], currency: string): DriftInWords[] {
  const moved = fields.find(({ field }) => field === "currency");
  return fields.map(({ field, here, there }) => ({
    label: LABELS[field] ?? field,
    here: field === "" ? (there === null ? "stands" : "taken away") : saidInWords(field, here, currency),
    there:
      field === ""
        ? there === null
          ? "gone"
          : "says it anew"
        : saidInWords(field, there, String(moved?.there ?? currency)),
  }));
}

function saidInWords(field: string, value: unknown, currency: string): string {
  if (value === null || value === undefined || value === "") return "nothing";
  switch (field) {
    case "amount":
      return formatMoney(Number(value), currency);
    case "type":
      return DEAL_TYPE_LABELS[value as DealType];
    case "route":
      return ROUTE_LABELS[value as Route];
    case "outcome":
      return DEAL_OUTCOME_LABELS[value as DealOutcome];
    case "role":
      return ROLE_WORDS[value as Role].label;
    case "touchStage":
      return STAGE_WORDS[value as Stage].label;
    case "closedOn":
    case "createdOn":
    case "firstEngagedOn":
    case "touchedOn":
      return dayInWords(String(value));
    default:
      return String(value);
  }
}

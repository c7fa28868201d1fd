import { formatMoney } from "../money";
import { dayInWords } from "../text/days";
import type { DealOutcome, DealType, Role, Route, Stage } from "./vocabulary";
import { DEAL_OUTCOME_LABELS, DEAL_TYPE_LABELS, ROLE_WORDS, ROUTE_LABELS, STAGE_WORDS } from "./words";

const LABELS: Readonly<Record<string, string>> = {
  ...{
    amount: "Amount",
    currency: "Currency",
    type: "Type",
    route: "Route",
    owner: "Owner",
    account: "Account",
  },
  ...{ outcome: "Won or lost", closedOn: "Close day", createdOn: "Created", partnerId: "Partner" },
  ...{ firstEngagedOn: "First engaged by us", recreatedFrom: "Replaces", role: "Role" },
  ...{ touchStage: "Stage touched", touchedOn: "Day touched" },
};

/** A field of a deal or of a role row, as people call it. */
export const fieldLabel = (field: string): string => LABELS[field] ?? field;

/** What stands in such a field in words: an amount of minor units of `currency`, a stage and a day by their names. */
export function valueInWords(field: string, value: unknown, currency: string): string {
  if (value === null || value === undefined || value === "")
    return field === "firstEngagedOn" ? "not known" : "nothing";
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

import { COLUMNS, type Column, type Kind } from "@/lib/interchange/kinds";
import type { FieldSource, Mapping } from "@/lib/interchange/mapping";

/** What other systems call our fields, of one kind where they say so, without case, blanks and signs. */
const ALSO_CALLED: Record<string, readonly string[]> = {
  id: ["opportunityid", "dealid", "recordid", "externalid", "key"],
  deal_id: ["opportunityid", "opportunity", "deal", "dealrecordid"],
  partner_id: ["partner", "partneraccount", "partneraccountid", "partneraccountto"],
  account: ["accountname", "customer", "company", "companyname", "client"],
  owner: ["opportunityowner", "dealowner", "salesagent", "salesrep", "rep", "ae", "ownername"],
  amount: ["closevalue", "value", "dealamount", "total", "acv", "tcv"],
  currency: ["currencyisocode", "currencycode", "dealcurrency"],
  type: ["opportunitytype", "dealtype", "activitytype"],
  created_on: ["created", "createddate", "createdate", "creationdate", "engagedate", "opened"],
  closed_on: ["closed", "closedate", "closeddate", "wondate"],
  outcome: ["stage", "dealstage", "stagename", "status", "result"],
  stage: ["dealstage", "stagename", "pipelinestage"],
  entered_on: ["entered", "entereddate", "dateentered", "changedon"],
  "partners.name": ["partnername", "companyname"],
  account_id: ["accountid", "associatedcompanyid", "customerid", "companyid"],
  "deals.name": ["dealname", "opportunityname", "opportunity", "topic"],
  url: ["link", "dealurl", "opportunityurl"],
  expected_close_on: ["expectedclosedate", "closedate", "closingdate", "estclosedate"],
  forecast_category: ["forecastcategoryname"],
  contact: ["partnercontact"],
  parent_id: ["parent", "parentaccount", "subsidiaryof"],
  submitted_on: ["submitted", "submitteddate", "registrationdate"],
  occurred_on: ["date", "occurred", "activitydate"],
  recorded_on: ["recorded", "createddate", "loggedon"],
  touched_on: ["touched", "touchdate", "firsttouch"],
};

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/**
 * A mapping to start from, out of the header: columns whose names fit, values left for people to translate. A
 * guess that is shown, not one that is used; days and numbers are left to the file (imports.md).
 * Fields without a fitting column are left out, so it may not parse as a mapping yet.
 */
export function suggestMapping(kind: Kind, header: readonly string[]): Mapping {
  const fields: Record<string, FieldSource> = {};
  for (const column of COLUMNS[kind]) {
    const at = fittingColumn(kind, column, header);
    if (at >= 0) fields[column.name] = { column: header[at] as string };
  }
  return { ...OPEN, kind, fields };
}

/** A mapping that leaves open what a file says by itself. */
export const OPEN: Omit<Mapping, "kind" | "fields"> = {
  delimiter: null,
  dates: null,
  zone: null,
  numbers: null,
  source: null,
  leaveOut: [],
};

function fittingColumn(kind: Kind, { name }: Column, header: readonly string[]): number {
  const names = header.map(plain);
  for (const call of [plain(name), ...(ALSO_CALLED[name] ?? []), ...(ALSO_CALLED[`${kind}.${name}`] ?? [])]) {
    const at = names.indexOf(call);
    if (at >= 0) return at;
  }
  return -1;
}

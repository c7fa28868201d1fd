// Long: data, a system after the other.
import type { EvidenceSource } from "@/lib/attribution/vocabulary";
import type { Kind } from "@/lib/interchange/kinds";
import type { LeftOut } from "@/lib/interchange/mapping";
import { HEARD_MAPS, type Portal } from "@/lib/interchange/portal";

/**
 * How the files look that the common systems write, as data: what tells each from every other, and how it is read.
 * A company's own stages and types stand beside the stock ones; what is not listed is asked or refused.
 */

/** A field of a shipped mapping: the first of `columns` that a file has, else `otherwise`, else nothing. */
export interface ShippedField {
  columns: readonly string[];
  /** Further columns, for where the first is empty. */
  else?: readonly string[];
  values?: Readonly<Record<string, string>>;
  default?: string;
  when?: { field: string; is: string[] };
  timesIn?: string;
  /** Where the file has none of the columns. */
  otherwise?: string;
}

export interface Shipped {
  name: string;
  kind: Kind;
  source: EvidenceSource;
  /** Columns that such a file has, and no other of them all together. */
  knownBy: readonly string[];
  /** Of those columns that a file has. */
  leaveOut: readonly LeftOut[];
  fields: Readonly<Record<string, ShippedField>>;
}

const NONE = "000000000000000AAA";
const DELETED: LeftOut = { column: "IsDeleted", is: ["1", "true", "TRUE", "True"] };
const CLOSED = { field: "outcome", is: ["won", "lost"] };
const constant = (otherwise: string): ShippedField => ({ columns: [], otherwise });

/** Stock stages of Salesforce and, in its own words, Zoho; those that close a deal are an outcome and no stage. */
const STAGES = {
  Prospecting: "1",
  Qualification: "2",
  "Needs Analysis": "2",
  "Value Proposition": "3",
  "Id. Decision Makers": "3",
  "Identify Decision Makers": "3",
  "Perception Analysis": "3",
  "Proposal/Price Quote": "4",
  "Negotiation/Review": "5",
};
const OVER = {
  "Closed Won": "",
  "Closed Lost": "",
  "Closed-Lost to Competition": "",
  "Closed Lost to Competition": "",
};
const OUTCOMES = {
  ...Object.fromEntries(Object.keys(STAGES).map((stage) => [stage, "open"])),
  ...{ "Closed Won": "won", "Closed Lost": "lost" },
  ...{ "Closed-Lost to Competition": "lost", "Closed Lost to Competition": "lost" },
};
const TYPES = {
  ...{ "New Business": "new", "New Customer": "new", newbusiness: "new" },
  ...{
    "Existing Business": "expansion",
    "Existing Customer - Upgrade": "expansion",
    existingbusiness: "expansion",
  },
  ...{ "Existing Customer - Replacement": "renewal", "Existing Customer - Downgrade": "renewal" },
  ...{ Renewal: "renewal", "Add-On Business": "expansion" },
};

const FORECASTS = {
  ...{ Omitted: "omitted", Pipeline: "pipeline", "Best Case": "best_case", BestCase: "best_case" },
  ...{ Commit: "commit", Forecast: "commit", Closed: "" },
};

/** HubSpot writes a stage with its pipeline where there are several. */
const HUBSPOT_STAGES = [
  ["Appointment Scheduled", "1"],
  ["Qualified To Buy", "2"],
  ["Presentation Scheduled", "3"],
  ["Decision Maker Bought-In", "4"],
  ["Contract Sent", "5"],
  ["Closed Won", ""],
  ["Closed Lost", ""],
] as const;
const spelled = (stage: string) =>
  [stage, stage[0] + stage.slice(1).toLowerCase()].flatMap((word) => [word, `${word} (Sales Pipeline)`]);
const hubspot = (meaning: (stage: string, number: string) => string) =>
  Object.fromEntries(
    HUBSPOT_STAGES.flatMap(([stage, number]) => spelled(stage).map((word) => [word, meaning(stage, number)])),
  );

/** A partner portal's words for a registration's status, by its map (lib/interchange/portal.ts). */
const statusesOf = (portal: Portal) =>
  Object.fromEntries(
    Object.entries(HEARD_MAPS[portal].statuses).flatMap(([word, status]) =>
      status === null ? [] : [word, word[0]!.toUpperCase() + word.slice(1)].map((said) => [said, status]),
    ),
  );

const deal = { type: constant("new"), route: constant("direct") };

export const SYSTEMS: readonly Shipped[] = [
  {
    name: "Salesforce report",
    kind: "deals",
    source: "crm",
    knownBy: ["Opportunity ID", "Opportunity Owner", "Stage", "Close Date", "Created Date"],
    leaveOut: [],
    fields: {
      id: { columns: ["Opportunity ID"] },
      account: { columns: ["Account Name"], default: "", otherwise: "" },
      owner: { columns: ["Opportunity Owner"] },
      amount: { columns: ["Amount"], default: "0" },
      currency: { columns: ["Amount Currency", "Opportunity Currency"] },
      type: { columns: ["Type"], values: TYPES, default: "new", otherwise: "new" },
      route: constant("direct"),
      created_on: { columns: ["Created Date"] },
      closed_on: { columns: ["Close Date"], when: CLOSED },
      outcome: { columns: ["Stage"], values: OUTCOMES },
      stage: { columns: ["Stage"], values: { ...STAGES, ...OVER } },
      stage_entered_on: { columns: ["Last Stage Change Date"] },
      name: { columns: ["Opportunity Name"] },
      expected_close_on: { columns: ["Close Date"] },
      probability: { columns: ["Probability (%)"] },
      forecast_category: { columns: ["Forecast Category"], values: FORECASTS },
      next_step: { columns: ["Next Step"] },
    },
  },
  {
    name: "Salesforce Data Export: opportunities",
    kind: "deals",
    source: "crm",
    knownBy: ["Id", "AccountId", "StageName", "CloseDate", "OwnerId", "CreatedDate"],
    leaveOut: [DELETED],
    fields: {
      id: { columns: ["Id"] },
      account: { columns: ["AccountId"], values: { [NONE]: "" }, default: "" },
      owner: { columns: ["OwnerId"] },
      amount: { columns: ["Amount"], default: "0" },
      currency: { columns: ["CurrencyIsoCode"] },
      type: { columns: ["Type"], values: TYPES, default: "new", otherwise: "new" },
      route: constant("direct"),
      created_on: { columns: ["CreatedDate"], timesIn: "UTC" },
      closed_on: { columns: ["CloseDate"], when: CLOSED },
      outcome: { columns: ["StageName"], values: OUTCOMES },
      stage: { columns: ["StageName"], values: { ...STAGES, ...OVER } },
      stage_entered_on: { columns: ["LastStageChangeDate"], timesIn: "UTC" },
      name: { columns: ["Name"] },
      expected_close_on: { columns: ["CloseDate"] },
      probability: { columns: ["Probability"] },
      forecast_category: { columns: ["ForecastCategoryName", "ForecastCategory"], values: FORECASTS },
      next_step: { columns: ["NextStep"] },
    },
  },
  {
    name: "Salesforce Data Export: stage history",
    kind: "stage_history",
    source: "crm",
    knownBy: ["OpportunityId", "StageName", "CreatedDate", "ForecastCategory"],
    leaveOut: [DELETED, { column: "StageName", is: Object.keys(OVER) }],
    fields: {
      deal_id: { columns: ["OpportunityId"] },
      stage: { columns: ["StageName"], values: STAGES },
      entered_on: { columns: ["CreatedDate"], timesIn: "UTC" },
    },
  },
  {
    name: "Salesforce Data Export: partner accounts",
    kind: "partners",
    source: "crm",
    knownBy: ["Id", "Name", "ParentId", "IsPartner"],
    leaveOut: [DELETED, { column: "IsPartner", is: ["0", "false", "FALSE", "False", ""] }],
    fields: {
      id: { columns: ["Id"] },
      name: { columns: ["Name"] },
      kind: {
        columns: ["Type"],
        values: {
          ...{ "Channel Partner / Reseller": "reseller", "Technology Partner": "technology" },
          ...{ "Installation Partner": "integrator", Other: "referral" },
        },
        default: "referral",
        otherwise: "referral",
      },
      parent_id: { columns: ["ParentId"], values: { [NONE]: "" } },
    },
  },
  {
    // No system says there when or at which stage a partner came: the least claim, for people to raise.
    name: "Salesforce Data Export: opportunity partners",
    kind: "roles",
    source: "crm",
    knownBy: ["Id", "OpportunityId", "AccountToId", "Role", "CreatedDate"],
    leaveOut: [DELETED, { column: "OpportunityId", is: ["", NONE] }],
    fields: {
      id: { columns: ["Id"] },
      deal_id: { columns: ["OpportunityId"] },
      partner_id: { columns: ["AccountToId"] },
      role: {
        columns: ["Role"],
        values: Object.fromEntries(
          (
            "System Integrator,Agency,Advertiser,VAR/Reseller,Distributor,Developer,Broker,Lender,Supplier," +
            "Institution,Contractor,Dealer,Consultant"
          )
            .split(",")
            .map((role) => [role, "influencer"]),
        ),
        default: "influencer",
      },
      touch_stage: constant("5"),
      touched_on: { columns: ["CreatedDate"], timesIn: "UTC" },
      recorded_on: { columns: ["CreatedDate"], timesIn: "UTC" },
    },
  },
  {
    name: "HubSpot deals",
    kind: "deals",
    source: "crm",
    knownBy: ["Record ID", "Deal Name", "Deal Stage", "Close Date"],
    leaveOut: [],
    fields: {
      ...deal,
      id: { columns: ["Record ID"] },
      account: {
        columns: ["Associated Company", "Associated Company (Primary)", "Primary Associated Company"],
        default: "",
        otherwise: "",
      },
      owner: { columns: ["Deal owner", "Deal Owner"] },
      amount: { columns: ["Amount"], default: "0" },
      currency: { columns: ["Currency", "Deal Currency Code"] },
      type: { columns: ["Deal Type"], values: TYPES, default: "new", otherwise: "new" },
      created_on: { columns: ["Create Date", "Create date"] },
      closed_on: { columns: ["Close Date"], when: CLOSED },
      outcome: {
        columns: ["Deal Stage"],
        values: hubspot((stage) => ({ "Closed Won": "won", "Closed Lost": "lost" })[stage] ?? "open"),
      },
      stage: { columns: ["Deal Stage"], values: hubspot((_, number) => number) },
      name: { columns: ["Deal Name"] },
      expected_close_on: { columns: ["Close Date"] },
    },
  },
  {
    name: "Pipedrive deals",
    kind: "deals",
    source: "crm",
    knownBy: ["Deal - ID", "Deal - Title", "Deal - Status", "Deal - Value"],
    leaveOut: [{ column: "Deal - Status", is: ["Deleted", "deleted"] }],
    fields: {
      ...deal,
      id: { columns: ["Deal - ID"] },
      account: { columns: ["Deal - Organization"], default: "", otherwise: "" },
      owner: { columns: ["Deal - Owner"] },
      amount: { columns: ["Deal - Value"], default: "0" },
      currency: { columns: ["Deal - Currency of Value", "Deal - Currency"] },
      created_on: { columns: ["Deal - Deal created", "Deal - Add time"] },
      closed_on: {
        columns: ["Deal - Won time"],
        else: ["Deal - Lost time", "Deal - Deal closed on"],
        when: CLOSED,
      },
      outcome: {
        columns: ["Deal - Status"],
        values: { Open: "open", Won: "won", Lost: "lost", open: "open", won: "won", lost: "lost" },
      },
      stage: {
        columns: ["Deal - Stage"],
        values: {
          ...{ "Lead In": "1", Qualified: "2", "Contact Made": "2", "Demo Scheduled": "3" },
          ...{ "Needs Defined": "3", "Proposal Made": "4", "Negotiations Started": "5" },
        },
      },
      stage_entered_on: { columns: ["Deal - Last stage change"] },
      name: { columns: ["Deal - Title"] },
      expected_close_on: { columns: ["Deal - Expected close date"] },
      probability: { columns: ["Deal - Probability"] },
    },
  },
  {
    name: "Dynamics 365 opportunities",
    kind: "deals",
    source: "crm",
    knownBy: ["(Do Not Modify) Opportunity", "Topic", "Status"],
    leaveOut: [],
    fields: {
      ...deal,
      id: { columns: ["(Do Not Modify) Opportunity"] },
      account: { columns: ["Potential Customer", "Account"], default: "", otherwise: "" },
      owner: { columns: ["Owner"] },
      amount: { columns: ["Actual Revenue"], else: ["Est. Revenue", "Est. revenue"], default: "0" },
      currency: {
        columns: ["Currency"],
        values: {
          ...{ "US Dollar": "USD", Euro: "EUR", "Pound Sterling": "GBP", "British Pound": "GBP" },
          ...{ "Swiss Franc": "CHF", "Canadian Dollar": "CAD", "Australian Dollar": "AUD" },
        },
      },
      created_on: { columns: ["Created On"] },
      closed_on: { columns: ["Actual Close Date"], when: CLOSED },
      outcome: { columns: ["Status"], values: { Open: "open", Won: "won", Lost: "lost" } },
      stage: {
        columns: ["Pipeline Phase", "Sales Stage"],
        values: {
          ...{ Qualify: "2", Develop: "3", Propose: "4", Close: "5" },
          ...{ "1-Qualify": "2", "2-Develop": "3", "3-Propose": "4", "4-Close": "5" },
        },
      },
      name: { columns: ["Topic"] },
      expected_close_on: { columns: ["Est. Close Date", "Est. close date"] },
      probability: { columns: ["Probability"] },
    },
  },
  {
    name: "Zoho CRM deals",
    kind: "deals",
    source: "crm",
    knownBy: ["Record Id", "Deal Owner", "Deal Name", "Closing Date", "Stage"],
    leaveOut: [],
    fields: {
      ...deal,
      id: { columns: ["Record Id"] },
      account: { columns: ["Account Name"], default: "", otherwise: "" },
      owner: { columns: ["Deal Owner"] },
      amount: { columns: ["Amount"], default: "0" },
      currency: { columns: ["Currency"] },
      type: { columns: ["Type"], values: TYPES, default: "new", otherwise: "new" },
      created_on: { columns: ["Created Time"] },
      closed_on: { columns: ["Closing Date"], when: CLOSED },
      outcome: { columns: ["Stage"], values: OUTCOMES },
      stage: { columns: ["Stage"], values: { ...STAGES, ...OVER } },
      name: { columns: ["Deal Name"] },
      expected_close_on: { columns: ["Closing Date"] },
      probability: { columns: ["Probability (%)"] },
      next_step: { columns: ["Next Step"] },
    },
  },
  {
    // Deals as PartnerStack's API names their fields.
    name: "PartnerStack deals",
    kind: "registrations",
    source: "prm",
    knownBy: ["key", "partner_key", "account_name", "created_at"],
    leaveOut: [{ column: "archived", is: ["1", "true", "TRUE", "True"] }],
    fields: {
      id: { columns: ["key"] },
      deal_id: { columns: ["external_key"], default: "" },
      partner_id: { columns: ["partner_key"] },
      submitted_on: { columns: ["created_at"], timesIn: "UTC" },
      status: { columns: ["status", "stage"], values: statusesOf("partnerstack") },
      reason: { columns: ["decline_reason"], default: "" },
      account: { columns: ["account_name"] },
      domain: { columns: ["account_domain", "website"], default: "" },
    },
  },
  {
    // Rows of sn_prm_dr_deal_registration; a draft is no registration yet.
    name: "ServiceNow deal registrations",
    kind: "registrations",
    source: "prm",
    knownBy: ["number", "channel_partner", "account", "state"],
    leaveOut: [{ column: "state", is: ["Draft", "draft"] }],
    fields: {
      id: { columns: ["number"] },
      partner_id: { columns: ["channel_partner"] },
      submitted_on: { columns: ["submitted_on", "sys_created_on"], timesIn: "UTC" },
      status: { columns: ["state"], values: statusesOf("servicenow") },
      reason: { columns: ["close_notes"], default: "" },
      account: { columns: ["account"] },
    },
  },
];

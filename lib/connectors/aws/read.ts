import { companyDay } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import type { ConnectionSettings } from "@/lib/interchange/connection";
import { batchOf } from "../batch";
import type { PageBatch, Staying } from "../source";

/** An opportunity of AWS Partner Central, as far as it is read: the vendor's own names. */
export interface AwsOpportunity {
  Id: string;
  /** Our own CRM's id of the deal, where somebody gave it one. */
  PartnerOpportunityIdentifier?: string;
  /** ISO 8601. */
  CreatedDate: string;
  LastModifiedDate: string;
  LifeCycle?: { Stage?: string; ReviewStatus?: string };
  Customer?: { Account?: { CompanyName?: string; WebsiteUrl?: string } };
  /** What the customer is expected to spend with AWS, a month: no amount of the deal. */
  Project?: {
    ExpectedCustomerSpend?: {
      Amount?: string;
      CurrencyCode?: string;
      Frequency?: string;
      TargetCompany?: string;
    }[];
  };
  RelatedEntityIdentifiers?: { AwsMarketplaceOffers?: string[]; AwsMarketplaceOfferSets?: string[] };
  /** What AWS says of its own part in it; absent before AWS has one. */
  aws?: { Origin?: string; InvolvementType?: string };
}

export interface ReadBy {
  settings: ConnectionSettings;
  zone: string;
  today: string;
}

/** The key by which the settings say which of our partners AWS is. */
export const AWS_PARTNER = "AWS";
const NOT_MAPPED = "is not translated yet: say what it is in the connection's settings";

const partnerOf = ({ settings }: ReadBy) => settings.partners[AWS_PARTNER] ?? AWS_PARTNER;

/** A referral of AWS's is a registration that waits for an answer; co-selling is a co-seller's row; being seen is nothing. */
export function rowsOf(opportunities: readonly AwsOpportunity[], by: ReadBy): PageBatch[] {
  const referred = opportunities.filter(({ aws }) => aws?.Origin === "AWS Referral");
  const sold = opportunities.filter(({ aws }) => aws?.InvolvementType === "Co-Sell");
  return [
    batchOf(
      "registrations",
      referred,
      ({ Id }) => Id,
      (one) => registrationOf(one, by),
    ),
    batchOf(
      "roles",
      sold,
      ({ Id }) => roleId(Id),
      (one) => roleOf(one, by),
    ),
  ];
}

const roleId = (id: string) => `${id}-co-sell`;

function registrationOf(one: AwsOpportunity, by: ReadBy) {
  const day = companyDay(Date.parse(one.CreatedDate), by.zone);
  const { CompanyName, WebsiteUrl } = one.Customer?.Account ?? {};
  return {
    values: {
      id: one.Id,
      ...(one.PartnerOpportunityIdentifier && { deal_id: one.PartnerOpportunityIdentifier }),
      partner_id: partnerOf(by),
      submitted_on: day,
      recorded_on: day,
      status: "pending",
      ...(CompanyName && { account: CompanyName.slice(0, 200) }),
      ...(WebsiteUrl && { domain: WebsiteUrl }),
      ...(spendWords(one) && { reason: spendWords(one) }),
    },
  };
}

/** Named as what it is: AWS's revenue of a month, which no deal's amount is made of. */
export function spendWords({ Project }: AwsOpportunity): string {
  const said = (Project?.ExpectedCustomerSpend ?? []).flatMap(({ Amount, CurrencyCode, TargetCompany }) =>
    Amount
      ? [`${Amount} ${CurrencyCode ?? ""} a month with ${TargetCompany ?? "AWS"}`.replace("  ", " ")]
      : [],
  );
  return said.length === 0 ? "" : `Expected spend of the customer: ${said.join(", ")}`;
}

function roleOf(one: AwsOpportunity, by: ReadBy) {
  const stage = one.LifeCycle?.Stage ?? "";
  if (!Object.hasOwn(by.settings.stages, stage)) return refuse("stage", stage, NOT_MAPPED);
  const dealId = one.PartnerOpportunityIdentifier;
  if (!dealId)
    return refuse("deal_id", "", "AWS knows no deal of ours by it: give the opportunity the deal's id there");
  return {
    values: {
      ...{ id: roleId(one.Id), deal_id: dealId, partner_id: partnerOf(by), role: "co_seller" },
      touch_stage: String(by.settings.stages[stage]!.stage),
      // AWS does not say since when it sells along: the day on which it was first seen.
      ...{ touched_on: by.today, recorded_on: by.today },
    },
    stays: ["touched_on", "recorded_on", "touch_stage"] as Staying[],
  };
}

/** The deals that go by the marketplace: an offer is tied to them. */
export const soldByMarketplace = (opportunities: readonly AwsOpportunity[]): string[] =>
  opportunities.flatMap(({ PartnerOpportunityIdentifier: dealId, RelatedEntityIdentifiers: related }) =>
    dealId && (related?.AwsMarketplaceOffers?.length || related?.AwsMarketplaceOfferSets?.length)
      ? [dealId]
      : [],
  );

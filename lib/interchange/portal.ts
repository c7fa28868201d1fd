import type { RegistrationStatus } from "@/lib/attribution/vocabulary";

/** Whose words a partner portal's messages are in: the product's own columns, or a portal's as it writes them. */
export const PORTALS = ["own", "partnerstack", "servicenow"] as const;
export type Portal = (typeof PORTALS)[number];

export const PORTAL_NAMES: Readonly<Record<Portal, string>> = {
  own: "Our own columns",
  partnerstack: "PartnerStack",
  servicenow: "ServiceNow",
};

/** What a message says of a registration. */
export const HEARD_FIELDS = [
  "id",
  "partner",
  "partnerName",
  "deal",
  "account",
  "domain",
  "submitted",
  "decided",
  "status",
  "reason",
] as const;
export type HeardField = (typeof HEARD_FIELDS)[number];

/** How a portal's messages are read. */
export interface HeardMap {
  /** Where in the message the records stand, one or a list: the first place that is there; `""` is the message itself. */
  records: readonly string[];
  /** Where in a record each field stands: the first place that is filled. A dot leads into an object. */
  fields: Readonly<Partial<Record<HeardField, readonly string[]>>>;
  /** What a status means, in small letters; null is no registration yet, and not read. */
  statuses: Readonly<Record<string, RegistrationStatus | null>>;
}

/** The shipped maps. A status that is in none is the company's to translate (docs/connections.md). */
export const HEARD_MAPS: Readonly<Record<Portal, HeardMap>> = {
  own: {
    records: ["registrations", "registration", "data.registrations", "data.registration", "data", ""],
    fields: {
      id: ["id"],
      partner: ["partner_id"],
      partnerName: ["partner"],
      deal: ["deal_id"],
      account: ["account"],
      domain: ["domain"],
      submitted: ["submitted_on"],
      decided: ["decided_on"],
      status: ["status"],
      reason: ["reason"],
    },
    statuses: { pending: "pending", approved: "approved", rejected: "rejected" },
  },
  // Deals as `GET /api/v2/deals` has them: instants in milliseconds, keys for ids.
  partnerstack: {
    records: ["data.items", "data.object", "data", "items", ""],
    fields: {
      id: ["key"],
      partner: ["partner_key", "partner.key"],
      partnerName: ["partner.name", "partner_name"],
      deal: ["external_key"],
      account: ["account_name"],
      domain: ["account_domain", "website"],
      submitted: ["created_at"],
      status: ["status", "stage"],
      reason: ["decline_reason"],
    },
    statuses: {
      ...{ pending: "pending", submitted: "pending", in_review: "pending" },
      ...{ approved: "approved", accepted: "approved" },
      ...{ declined: "rejected", rejected: "rejected" },
    },
  },
  // Rows of sn_prm_dr_deal_registration, references with their display values.
  servicenow: {
    records: ["result", "records", "record", ""],
    fields: {
      id: ["number", "sys_id"],
      partner: ["channel_partner.value", "channel_partner"],
      partnerName: ["channel_partner.display_value"],
      account: ["account.display_value", "account"],
      domain: ["account.website"],
      submitted: ["submitted_on", "sys_created_on"],
      decided: ["approved_on"],
      status: ["state.display_value", "state"],
      reason: ["close_notes"],
    },
    statuses: {
      draft: null,
      ...{
        submitted: "pending",
        "pending approval": "pending",
        "under-review": "pending",
        "under review": "pending",
      },
      approved: "approved",
      ...{ canceled: "rejected", cancelled: "rejected" },
    },
  },
};

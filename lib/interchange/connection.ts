import { canonicalJson } from "@/lib/attribution/canonical";
import type {
  DealOutcome,
  DealType,
  EvidenceSource,
  PartnerKind,
  RegistrationStatus,
  Role,
  Stage,
} from "@/lib/attribution/vocabulary";
import type { Portal } from "./portal";

/** The systems that a connection reads (docs/connections.md). */
export const CONNECTION_SYSTEMS = ["salesforce", "hubspot", "prm", "aws"] as const;
export type ConnectionSystem = (typeof CONNECTION_SYSTEMS)[number];

/** As which witness what it brings stands (§1 evidence). */
export const WITNESS_OF: Readonly<Record<ConnectionSystem, EvidenceSource>> = {
  salesforce: "crm",
  hubspot: "crm",
  prm: "prm",
  aws: "cloud",
};

/** What may be written back, each to a field of the system that the company names. */
export const WRITTEN_BACK = ["outcome", "partner", "evidence", "reason", "receipt", "link"] as const;
export type WrittenBack = (typeof WRITTEN_BACK)[number];

/** What may be asked of a connection by hand; a sync besides comes by itself once it is switched on. */
export const CONNECTION_ASKS = ["test", "rehearse", "sync", "replay"] as const;
export type ConnectionAsk = (typeof CONNECTION_ASKS)[number];

/** An object of the company's choice that is written to: a record a deal, found by the deal's id. */
export interface WriteObject {
  /** As the system calls it: `Countersign_Result__c`. */
  name: string;
  /** Its external id, a text that holds the deal's id. */
  key: string;
  /** Its lookup to the deal; null where it has none. */
  deal: string | null;
}

/** How a system's own words become ours. What is not listed refuses its row: nothing is guessed. */
export interface ConnectionSettings {
  /** Of amounts whose record names none. */
  currency: string;
  /** By the stage's name (Salesforce) or internal id (HubSpot). */
  stages: Record<string, { stage: Stage; outcome: DealOutcome }>;
  /** By the value of the deal's type. */
  types: Record<string, DealType>;
  /** Of a deal whose type is empty or not listed. */
  otherType: DealType;
  /** By the partner role or association label; null is no partner of ours, and not read. */
  roles: Record<string, Role | null>;
  /** What a partner is that nobody here knew. */
  partnerKind: PartnerKind;
  /** The field of the system that each is written to; what is not named is not written. */
  writeBack: Partial<Record<WrittenBack, string>>;
  /** The object whose fields those are, a record a deal; null is the deal itself. Of Salesforce alone. */
  writeObject: WriteObject | null;
  /** The deal's field that keeps the stage gate's receipt; null reads none. */
  receiptField: string | null;
  /** Of a partner portal: in whose words its messages are. */
  portal: Portal;
  /** By the system's own key of a partner: which of ours it is. What is not listed is the id itself. */
  partners: Record<string, string>;
  /** By the status of a registration; null is none yet, and not read. Besides those that the portal's map knows. */
  statuses: Record<string, RegistrationStatus | null>;
  everyMinutes: number;
}

export const newSettings = (currency: string): ConnectionSettings => ({
  currency,
  stages: {},
  types: {},
  otherType: "new",
  roles: {},
  partnerKind: "integrator",
  writeBack: {},
  writeObject: null,
  receiptField: null,
  portal: "own",
  partners: {},
  statuses: {},
  everyMinutes: 5,
});

/** How its records are read, as text: with settings that read alike a dry run finds the same. */
export function readingOf(settings: ConnectionSettings): string {
  const { writeBack: _, writeObject: __, everyMinutes: ___, ...reading } = settings;
  return canonicalJson(reading);
}

/** A choice that the system offers: its own key, how it is called there, and what it most likely is here. */
export interface Offered<T> {
  key: string;
  label: string;
  likely: T | null;
}

/** What a test found there. */
export interface Looked {
  /** As whom it was reached, in words. */
  as: string;
  stages: Offered<{ stage: Stage; outcome: DealOutcome }>[];
  types: Offered<DealType>[];
  roles: Offered<Role>[];
  /** Fields of a deal that may be written to. */
  fields: { key: string; label: string }[];
  /** Of the object that is written to in its place; absent where it is the deal. */
  objectFields?: { key: string; label: string }[];
  /** Of registrations; absent where it tells of none. */
  statuses?: Offered<RegistrationStatus>[];
  /** Its own keys of partners; absent where they are the partners' ids. */
  partners?: Offered<string>[];
  /** How many deals there are; of a portal, registrations that it told of. */
  deals: number;
}

/** A record's field that was not read, or a row that could not land. */
export interface RefusedRecord {
  key: string;
  field: string;
  value: string;
  reason: string;
}

/** A field in which what stands here, by somebody's decision, is not what the source says. */
export interface Difference {
  /** Empty for the whole record. */
  field: string;
  here: unknown;
  there: unknown;
}

/** How one real record is read: what it says there, and the rows that it becomes. */
export interface TriedRecord {
  key: string;
  there: Record<string, string>;
  rows: { kind: string; values: Record<string, string> }[];
  refused: RefusedRecord[];
}

/** What a dry run found that a sync would change. */
export interface RehearsedSync {
  at: string;
  /** How the settings that it went by read (`readingOf`). */
  settings: string;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: RefusedRecord[];
  /** Whether that was all, or the first page of it. */
  isAll: boolean;
  tried: TriedRecord | null;
}

/** What a system is signed in to with, in the order in which it is asked for. */
export const SECRETS_OF: Readonly<
  Record<ConnectionSystem, readonly { name: string; label: string; note: string; isNeeded: boolean }[]>
> = {
  salesforce: [
    { name: "clientId", label: "Consumer key", note: "Of the External Client App.", isNeeded: true },
    {
      name: "clientSecret",
      label: "Consumer secret",
      note: "It is sealed, and not shown again.",
      isNeeded: true,
    },
  ],
  hubspot: [
    { name: "accessToken", label: "Access token", note: "Of the private app.", isNeeded: true },
    {
      name: "clientSecret",
      label: "Client secret",
      note: "With which HubSpot signs what it tells of. Empty, and nothing is taken.",
      isNeeded: false,
    },
  ],
  prm: [
    {
      name: "signingSecret",
      label: "Signing secret",
      note: "whsec_…, with which its messages are signed (Standard Webhooks).",
      isNeeded: true,
    },
  ],
  aws: [
    {
      name: "accessKeyId",
      label: "Access key",
      note: "Of a user that may read opportunities.",
      isNeeded: true,
    },
    {
      name: "secretAccessKey",
      label: "Secret access key",
      note: "It is sealed, and not shown again.",
      isNeeded: true,
    },
  ],
};

export const SYSTEM_NAMES: Readonly<Record<ConnectionSystem, string>> = {
  salesforce: "Salesforce",
  hubspot: "HubSpot",
  prm: "Partner portal",
  aws: "AWS Partner Central",
};

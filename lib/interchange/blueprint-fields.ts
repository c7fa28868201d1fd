import type { ConnectionSystem, WrittenBack } from "./connection";

/** What the blueprint makes in a CRM: a field for each that is written back, and until when the gate's receipt holds. */
export const BLUEPRINT_FIELDS = [
  "outcome",
  "partner",
  "evidence",
  "reason",
  "receipt",
  "link",
  "receiptUntil",
] as const satisfies readonly (WrittenBack | "receiptUntil")[];
export type BlueprintField = (typeof BLUEPRINT_FIELDS)[number];

/** The systems that have one (docs/crm-blueprint.md). */
export const BLUEPRINT_SYSTEMS = ["salesforce", "hubspot"] as const satisfies readonly ConnectionSystem[];
export type BlueprintSystem = (typeof BLUEPRINT_SYSTEMS)[number];

/** How the system calls each. */
export const BLUEPRINT_NAMES: Readonly<Record<BlueprintSystem, Readonly<Record<BlueprintField, string>>>> = {
  salesforce: {
    outcome: "Countersign_Outcome__c",
    partner: "Countersign_Partner__c",
    evidence: "Countersign_Evidence__c",
    reason: "Countersign_Reason__c",
    receipt: "Countersign_Receipt__c",
    link: "Countersign_Link__c",
    receiptUntil: "Countersign_Receipt_Until__c",
  },
  hubspot: {
    outcome: "countersign_outcome",
    partner: "countersign_partner",
    evidence: "countersign_evidence",
    reason: "countersign_reason",
    receipt: "countersign_receipt",
    link: "countersign_link",
    receiptUntil: "countersign_receipt_until",
  },
};
